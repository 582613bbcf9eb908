// A probe's report for people: what was looked for, and what follows for the contract.
import type { ProbeReport } from './probe.ts'

/** Lines of at most three columns. The JSON form is the report itself. */
export function formatProbe({ url, facts, findings, claims }: ProbeReport): string {
  const marks = { yes: '+', no: '-', unknown: '?' } as const
  return [
    `${url}  ${facts.model}  (${facts.endpoint})`,
    '',
    ...table(findings.map(({ name, has, note }) => [marks[has], name, note])),
    '',
    'capabilities',
    ...table(claims.map(({ capability, why }) => [why === undefined ? '+' : '-', capability, why ?? ''])),
  ].join('\n')
}

function table(rows: readonly (readonly [string, string, string])[]): string[] {
  const width = rows.reduce((most, [, name]) => Math.max(most, name.length), 0)
  return rows.map(([mark, name, note]) => `${mark} ${name.padEnd(width)}  ${clean(note)}`.trimEnd())
}

/** What a server says must not move the cursor of a terminal. */
function clean(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ').slice(0, 200)
}
