// A flat YAML file: one `name: value` a line. Text is quoted and plain ASCII, which every reader takes for the same text.

/** What stands behind a name. */
export type YamlValue = string | number | null | readonly never[]

/** The lines, in the order given. */
export function flatYaml(values: Readonly<Record<string, YamlValue>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `${name}: ${typeof value === 'string' ? quoted(value) : Array.isArray(value) ? '[]' : value}\n`,
    )
    .join('')
}

function quoted(text: string): string {
  const characters = [...Buffer.from(text).toString()].map((character) => {
    const code = character.codePointAt(0) ?? 0
    if (character === '"' || character === '\\') return `\\${character}`
    if (code >= 0x20 && code < 0x7f) return character
    return code > 0xffff ? `\\U${hex(code, 8)}` : `\\u${hex(code, 4)}`
  })
  return `"${characters.join('')}"`
}

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0')
