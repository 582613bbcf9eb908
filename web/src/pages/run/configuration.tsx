// What a run was made of: what differs from the defaults first, then all of it, the commands, and where and with what it ran.
import { useMemo } from 'preact/hooks'
import type { RunAnswer } from '../../../../src/serve/dashboard/api.ts'
import { CopyText } from '../../components/copy-text.tsx'
import { DataTable, type TableColumn } from '../../components/data-table.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { useStableValue } from '../../lib/stable-value.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { type ConfigRow, configRows, searchRows } from './config-rows.ts'

/** The configuration of a run. */
export function Configuration({ answer }: { answer: RunAnswer }) {
  const { fullInfo, dir, resumeCommand } = answer
  const config = useStableValue(answer.config)
  const difference = useStableValue(answer.configDiff)
  const [text, setText] = useUrlState('find', '')
  const changed = useMemo(() => configRows(difference), [difference])
  const changedPaths = useMemo(() => new Set(changed.flatMap(({ path }) => [path, `config.${path}`])), [changed])
  const rows = useMemo(() => configRows(config), [config])
  const found = useMemo(() => searchRows(rows, text), [rows, text])
  const columns = useMemo(() => [...settingColumns, changedColumn(changedPaths)], [changedPaths])
  return (
    <div class="configuration">
      <div>
        <section>
          <h2>Differs from the defaults</h2>
          {changed.length === 0 ? (
            <p class="muted">Nothing: all settings are the recipe's own.</p>
          ) : (
            <DataTable
              caption="Settings that differ from the defaults"
              columns={settingColumns}
              rows={changed}
              keyOf={pathOf}
            />
          )}
        </section>
        <section>
          <h2>All settings</h2>
          <div class="controls">
            <SearchBox label="Find" value={text} onChange={setText} placeholder="lr, clip, schedule …" hasShortcut />
            <span class="muted settings-count" role="status">
              {found.length === rows.length ? rows.length : `${found.length} of ${rows.length}`} settings
            </span>
          </div>
          {found.length === 0 ? (
            <p class="muted">No setting is like that.</p>
          ) : (
            <DataTable caption="All settings" columns={columns} rows={found} keyOf={pathOf} />
          )}
          <details class="raw">
            <summary>As JSON</summary>
            <pre>{JSON.stringify(config, null, 2)}</pre>
          </details>
        </section>
      </div>
      <div>
        <section>
          <h2>Commands</h2>
          <dl class="commands">
            {fullInfo.command !== undefined && (
              <>
                <dt>Started by</dt>
                <dd>
                  <CopyText text={fullInfo.command} label="the command that started it" />
                </dd>
              </>
            )}
            {resumeCommand !== null && (
              <>
                <dt>Go on with</dt>
                <dd>
                  <CopyText text={resumeCommand} label="the command that goes on" />
                </dd>
              </>
            )}
            <dt>Lies in</dt>
            <dd>
              <CopyText text={dir} label="the directory" />
            </dd>
          </dl>
        </section>
        <section>
          <h2>Where and with what</h2>
          <dl class="facts">
            <Fact name="id" value={fullInfo.id} />
            {fullInfo.parent !== undefined && <Fact name="forked from" value={fullInfo.parent} />}
            {fullInfo.git !== undefined && <Fact name="git revision" value={fullInfo.git} />}
            <Fact name="taken up again" value={`${fullInfo.resumes} times`} />
            {[...Object.entries(fullInfo.versions), ...Object.entries(fullInfo.host)].map(([name, value]) => (
              <Fact
                key={name}
                name={name.replaceAll('_', ' ')}
                value={typeof value === 'string' ? value : JSON.stringify(value)}
              />
            ))}
          </dl>
        </section>
      </div>
    </div>
  )
}

const pathOf = ({ path }: ConfigRow): string => path

const settingColumns: readonly TableColumn<ConfigRow>[] = [
  { key: 'path', title: 'Setting', isHeader: true, sort: pathOf, cell: ({ path }) => <code>{path}</code> },
  { key: 'value', title: 'Value', sort: ({ value }) => value, cell: ({ value }) => <code>{value}</code> },
]

const changedColumn = (changed: ReadonlySet<string>): TableColumn<ConfigRow> => ({
  key: 'changed',
  title: 'Differs',
  sort: ({ path }) => (changed.has(path) ? 0 : 1),
  cell: ({ path }) => (changed.has(path) ? 'yes' : ''),
})

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </>
  )
}
