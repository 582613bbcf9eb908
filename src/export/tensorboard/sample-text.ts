// Samples as markdown for the text page. What models and data wrote stands in indented blocks, where markdown means nothing.

const maxSamples = 4
const maxCharacters = 4000

/** The first samples of a log. */
export function sampleText(rows: Iterable<Readonly<Record<string, unknown>>>): string {
  const parts: string[] = []
  for (const row of rows) {
    if (parts.length === maxSamples) break
    const { problem, prompt, completion, answer, verdict, reward } = row
    const facts = { problem, answer, verdict, reward }
    const said = Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
    parts.push(
      `**sample**\n\n${block(said.join('\n'))}\n\n**prompt**\n\n${block(prompt)}\n\n**completion**\n\n${block(completion)}`,
    )
  }
  return parts.join('\n\n---\n\n')
}

/** Text as an indented block of markdown, cut when it is long. */
export function block(value: unknown, maxLength = maxCharacters): string {
  const text = typeof value === 'string' ? value : String(value ?? '')
  const shown = text.length > maxLength ? `${text.slice(0, maxLength)} ... (${text.length} characters)` : text
  return shown
    .split(/\r\n|[\n\r\u2028\u2029\v\f\u0085]/)
    .map((line) => `    ${line}`)
    .join('\n')
}

/** At most `count` of a list, evenly spread, with its first and its last. */
export function spread<T>(list: readonly T[], count: number): readonly T[] {
  if (list.length <= count) return list
  return Array.from({ length: count }, (_, i) => list[Math.round((i * (list.length - 1)) / (count - 1))])
}
