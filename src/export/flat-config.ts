// A configuration as a flat list of names and plain values, as tables of hyper-parameters want it.
// Objects are opened (`schedule.lr`); lists, and objects eight levels down, become JSON text.

/** A plain value. */
export type Plain = string | number | boolean

const maxDepth = 8

/** Names and values, sorted by name. Null and what is empty are the text `null`, `[]` and `{}`. */
export function flatConfig(config: unknown): readonly (readonly [name: string, value: Plain])[] {
  const flat: (readonly [string, Plain])[] = []
  open(config, '', 0, flat)
  return flat.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** JSON text of a value from a file; `...` for one nested too deeply to be written. */
export function jsonText(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, null, indent) ?? 'null'
  } catch (error) {
    if (error instanceof RangeError) return '...'
    throw error
  }
}

function open(value: unknown, name: string, depth: number, flat: (readonly [string, Plain])[]): void {
  if (isPlain(value)) flat.push([name, value])
  else if (value === null || typeof value !== 'object' || Array.isArray(value) || depth === maxDepth) {
    flat.push([name, jsonText(value)])
  } else {
    const inner = Object.entries(value)
    if (inner.length === 0 && name !== '') flat.push([name, '{}'])
    for (const [key, part] of inner) open(part, name === '' ? key : `${name}.${key}`, depth + 1, flat)
  }
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}
