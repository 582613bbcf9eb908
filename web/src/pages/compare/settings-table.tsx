// What differs between the configurations of the runs: a line for each setting. It is what a reader looks at before they
// believe that it was the method.
import type { CompareAnswer } from '../../../../src/serve/dashboard/api.ts'
import { RunMark } from './run-mark.tsx'

interface SettingsTableProps {
  readonly settings: CompareAnswer['settings']
  /** In the order of the values. */
  readonly runs: readonly string[]
  readonly names: ReadonlyMap<string, string>
  readonly placeOf: (run: string) => number
}

/** Longest text of a value. */
const LONGEST = 200

/** Settings by runs. */
export function SettingsTable({ settings, runs, names, placeOf }: SettingsTableProps) {
  if (settings.length === 0) return <p class="muted">Nothing: their configurations are the same.</p>
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of the page that scrolls, not a section of its text
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can scroll it
    <div class="scroll compare-scroll" role="region" aria-label="Table of settings" tabIndex={0}>
      <table class="compare-settings">
        <thead>
          <tr>
            <th scope="col">Setting</th>
            {runs.map((run) => (
              <th key={run} scope="col" title={run}>
                <RunMark place={placeOf(run)} />
                {names.get(run) ?? run}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {settings.map(({ path, values }) => (
            <tr key={path}>
              <th scope="row">
                <code>{path}</code>
              </th>
              {runs.map((run, i) => (
                <td key={run}>{values[i] == null ? <span class="muted">–</span> : <code>{textOf(values[i])}</code>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function textOf(value: CompareAnswer['settings'][number]['values'][number]): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}
