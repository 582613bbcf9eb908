// Names of runs without what all of them share: `lab/runs/grpo-45f0371d/seed-1` and `lab/runs/dapo-9c1e2f00/seed-1` are
// told apart by `grpo-45f0371d` and `dapo-9c1e2f00`.

/** Short names by name. One name alone keeps its last part; names that would become alike stay whole. */
export function shortNames(names: readonly string[]): ReadonlyMap<string, string> {
  const all = [...new Set(names)]
  if (all.length < 2) return new Map(all.map((name) => [name, name.split('/').at(-1) || name]))
  const parts = all.map((name) => name.split('/'))
  const shortest = Math.min(...parts.map(({ length }) => length))
  const alike = (at: (list: readonly string[]) => string | undefined): boolean =>
    parts.every((list) => at(list) === at(parts[0]))
  let head = 0
  while (head < shortest - 1 && alike((list) => list[head])) head++
  let tail = 0
  while (tail < shortest - 1 - head && alike((list) => list.at(-1 - tail))) tail++
  const cut = parts.map((list) => list.slice(head, list.length - tail).join('/'))
  const isClear = new Set(cut).size === cut.length && cut.every((name) => name !== '')
  return new Map(all.map((name, i) => [name, isClear ? cut[i] : name]))
}

/** The run of a name: `RUN@STEP` is an earlier evaluation of it. */
export const runOfName = (name: string): string => name.replace(/@[0-9]{1,12}$/, '')
