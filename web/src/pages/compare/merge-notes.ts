// Notes of several comparisons as one list: with short names, each once, and what is said alike of several runs said once.

/** Notes for readers. `names`: short names by name, of which none is lost. */
export function mergeNotes(notes: readonly string[], names: ReadonlyMap<string, string>): readonly string[] {
  const runs = [...names.keys()].sort((a, b) => b.length - a.length)
  // What is said of runs, by what is said; a note about none is its own.
  const about = new Map<string, Set<string>>()
  for (const note of notes) {
    const run = runs.find((name) => note.startsWith(`${name}: `))
    const text = shorten(run === undefined ? note : note.slice(run.length + 2), runs, names)
    const said = about.get(text) ?? new Set()
    about.set(text, said)
    if (run !== undefined) said.add(names.get(run) ?? run)
  }
  return [...about].map(([text, said]) => (said.size === 0 ? text : `${[...said].join(', ')}: ${text}`))
}

// The longest names first: one may be the beginning of another.
const shorten = (text: string, runs: readonly string[], names: ReadonlyMap<string, string>): string =>
  runs.reduce((rest, run) => (run.includes('/') ? rest.replaceAll(run, names.get(run) ?? run) : rest), text)
