// The line that verl's console logger writes each step, through Ray: `(TaskRunner pid=7) step:3 - actor/lr:1e-06 - ...`.

/** The metrics of one step, under verl's names. */
export interface VerlStep {
  readonly step: number
  readonly metrics: Readonly<Record<string, number>>
}

const longest = 100_000
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of terminals begin with one.
const colours = /\x1b\[[0-9;]{0,16}m/g
const begin = /^(?:\([^()]{1,200}\) ?)?step:(\d{1,9})(?= - )/

/** Reads such a line; undefined for any other. */
export function readVerlLine(line: string): VerlStep | undefined {
  if (line.length > longest) return undefined
  const plain = line.replace(colours, '').trim()
  const match = begin.exec(plain)
  if (match === null) return undefined
  const metrics: Record<string, number> = {}
  for (const part of plain.slice(match[0].length).split(' - ')) {
    const colon = part.lastIndexOf(':')
    const value = colon <= 0 ? undefined : numberOf(part.slice(colon + 1).trim())
    if (value !== undefined) metrics[part.slice(0, colon).trim()] = value
  }
  return { step: Number(match[1]), metrics }
}

/** `0.5`, `1e-06`, `np.float64(0.5)`; not `nan` or `inf`. */
function numberOf(text: string): number | undefined {
  const inner = /^np\.\w{1,20}\(([^()]{1,40})\)$/.exec(text)?.[1] ?? text
  const value = Number(inner)
  return inner === '' || !Number.isFinite(value) ? undefined : value
}
