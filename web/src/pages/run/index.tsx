// One run: its charts, its configuration, its events. Which of them is in the address.
import { Link, useSearch } from 'wouter-preact'
import type { RunAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Failure, Loading, Notice, Stale } from '../../components/notice.tsx'
import { RunHeader, type RunPage } from '../../components/run-header.tsx'
import '../../styles/run.css'
import { apiPath } from '../../lib/server.ts'
import { readParam } from '../../lib/url-state.ts'
import { useServer } from '../../lib/use-server.ts'
import { Charts } from './charts.tsx'
import { Configuration } from './configuration.tsx'
import { Events } from './events.tsx'

const tabs = ['charts', 'configuration', 'events'] as const satisfies readonly RunPage[]

/** The page at `/run?run=`. */
export default function Page() {
  const search = useSearch()
  const run = readParam(search, 'run', '')
  const tab = readParam<(typeof tabs)[number]>(search, 'tab', 'charts', tabs)
  const { data, error, again } = useServer<RunAnswer>(run === '' ? undefined : apiPath('run', { run }), run)
  if (run === '') {
    return (
      <Notice title="Which run?" isPage>
        <Link href="/">All runs</Link>
      </Notice>
    )
  }
  if (data === undefined)
    return error ? <Failure error={error} retry={again} isPage /> : <Loading what={`Reading ${run}`} />
  return (
    <>
      {error && <Stale error={error} />}
      <RunHeader run={run} current={tab} answer={data} />
      {tab === 'charts' && <Charts key={run} answer={data} />}
      {tab === 'configuration' && <Configuration key={run} answer={data} />}
      {tab === 'events' && <Events key={run} answer={data} />}
    </>
  )
}
