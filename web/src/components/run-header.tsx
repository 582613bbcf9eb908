// What stands on top of every page of a run: its name, how it is doing, and the links between its pages.

import { Link } from 'wouter-preact'
import type { RunAnswer } from '../../../src/serve/dashboard/api.ts'
import '../styles/run-header.css'
import { formatCount, formatDuration } from '../lib/format.ts'
import { pageOf } from '../lib/links.ts'
import { usePageTitle } from '../lib/page-title.ts'
import { apiPath } from '../lib/server.ts'
import { useServer } from '../lib/use-server.ts'
import { RunStatus } from './run-status.tsx'
import { Tabs } from './tabs.tsx'

/** The pages of a run. */
export type RunPage = 'charts' | 'rollouts' | 'evaluations' | 'searches' | 'configuration' | 'events'

/** The head of a run's page. `answer`: for a page that has asked for the run already. */
export function RunHeader({ run, current, answer }: { run: string; current: RunPage; answer?: RunAnswer }) {
  const asked = useServer<RunAnswer>(answer === undefined ? apiPath('run', { run }) : undefined, run)
  const known = answer ?? asked.data
  usePageTitle(`${run} · ${current}`)
  return (
    <header class="run-header">
      <p class="run-path">
        <Link href="/">Runs</Link> <span aria-hidden="true">/</span>
      </p>
      <div class="run-title">
        <h1>{run === '.' ? (known?.info.id ?? 'This run') : run}</h1>
        {known && <RunStatus status={known.status} />}
      </div>
      <p class="run-facts">{known ? <Facts run={known} /> : ' '}</p>
      <Tabs
        label="Pages of this run"
        current={current}
        tabs={[
          { key: 'charts', label: 'Charts', href: pageOf('/run', { run }) },
          { key: 'rollouts', label: 'Rollouts', href: pageOf('/rollouts', { run }), count: known?.rolloutSteps.length },
          {
            key: 'evaluations',
            label: 'Evaluations',
            href: pageOf('/evaluations', { run }),
            count: known?.evaluations.length,
          },
          { key: 'searches', label: 'Searches', href: pageOf('/search', { run }), count: known?.searches.length },
          { key: 'configuration', label: 'Configuration', href: pageOf('/run', { run, tab: 'configuration' }) },
          { key: 'events', label: 'Events', href: pageOf('/run', { run, tab: 'events' }), count: known?.events.length },
        ]}
      />
    </header>
  )
}

function Facts({ run }: { run: RunAnswer }) {
  const { recipe, task, seeds } = run.info
  const facts: readonly { readonly text: string; readonly room?: string }[] = [
    { text: recipe },
    { text: task },
    { text: `seed${seeds.length === 1 ? '' : 's'} ${seeds.join(', ')}` },
    // Numbers that grow have room to, so that what follows them stays where it is.
    { text: `step ${run.step}`, room: '9ch' },
    { text: `${formatCount(run.tokens)} tokens`, room: '12ch' },
    { text: formatDuration(run.seconds) },
  ]
  return (
    <>
      {facts.map(({ text, room }, i) => (
        <span key={i} style={{ minWidth: room }}>
          {text}
        </span>
      ))}
    </>
  )
}
