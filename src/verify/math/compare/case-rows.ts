// A function by cases, which is read as text: its rows may stand in any order, as each has its condition, and commas and
// stops behind a row say nothing.

const form = /^([^&\\]{0,40}?)cases ?(.{1,1000}?) ?cases$/

/** The rows in a normal order behind what stands before them; undefined for any other text. */
export function caseRows(text: string): string | undefined {
  const [, before, body] = form.exec(text) ?? []
  if (body === undefined) return undefined
  const rows = body.split('\\').map((row) => row.split('&').map((cell) => cell.replace(/^[\s,;.]+|[\s,;.]+$/g, '')))
  if (rows.some((row) => row.length !== 2 || row.includes(''))) return undefined
  return `${before}${rows
    .map((row) => row.join('&'))
    .sort()
    .join('\\')}`
}
