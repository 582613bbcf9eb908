// Text and names as parts of an SQL statement: names of metrics and runs come from files and may hold anything.

/** A string literal. DuckDB takes no backslash escapes in it; a zero byte cannot stand in SQL. */
export const literal = (text: string): string => `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`

/** A quoted name. */
export const identifier = (name: string): string => `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`

/** A list of string literals. */
export const literals = (texts: readonly string[]): string => `[${texts.map(literal).join(', ')}]`

/** Words that a question begins with. `prepare` says more exactly what a statement is; this keeps PRAGMA away from it. */
const asking = ['select', 'with', 'from', 'values', 'table', 'describe', 'desc', 'summarize', 'show', '(']

/** True when the first word of a statement, behind comments, is one that asks. */
export function isQuestion(sql: string): boolean {
  let at = 0
  for (;;) {
    while (/\s/.test(sql[at] ?? '')) at++
    const end = sql.startsWith('--', at) ? '\n' : sql.startsWith('/*', at) ? '*/' : undefined
    if (end === undefined) break
    const found = sql.indexOf(end, at + 2)
    if (found < 0) return false
    at = found + end.length
  }
  const rest = sql.slice(at, at + 10).toLowerCase()
  return asking.some((word) => rest.startsWith(word) && !/\w/.test(word === '(' ? '' : (rest[word.length] ?? '')))
}
