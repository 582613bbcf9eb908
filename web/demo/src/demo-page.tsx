// The page: what it is about, controls, figures, curves, rollouts. All that happens to a run is said in one live region.
import { useEffect, useState } from 'preact/hooks'
import { type Choice, Controls } from './controls.tsx'
import { Curves } from './curves.tsx'
import type { DemoState } from './demo-state.ts'
import { Figures } from './figures.tsx'
import { noteOf } from './phase-notes.ts'
import { RolloutList } from './rollout-list.tsx'
import { share } from './say-numbers.ts'
import { type BudgetId, budgets } from './training/budgets.ts'
import type { DeviceChoice } from './training/messages.ts'
import { type Demo, useDemo } from './use-demo.ts'

declare global {
  interface Window {
    /** For tests; only under `?budget=test`. */
    gradusDemo?: Pick<Demo, 'state' | 'score'>
  }
}

const SEED = 1

/** The whole page. */
export function DemoPage({ query }: { query: URLSearchParams }) {
  const isTest = query.get('budget') === 'test'
  const demo = useDemo()
  const [choice, setChoice] = useState<Choice>(() => choiceOf(query, isTest))
  const { state } = demo
  const budget = budgets[choice.budget]
  const isLive = state.phase === 'running' || state.phase === 'loading'
  useEffect(() => {
    if (isTest) window.gradusDemo = { state, score: demo.score }
  })
  return (
    <main id="main">
      <h1>A model learns to reason, here</h1>
      <p class="lead">
        A language model with random weights is trained in this page to work out chains such as <code>3+4*2-1=</code>,
        from left to right, keeping only the last digit. First it imitates solutions, then it learns from being right or
        wrong. The same code trains larger models in Node.
      </p>
      <Controls
        phase={state.phase}
        choice={choice}
        budgets={isTest ? ['test', 'short', 'medium', 'long'] : ['short', 'medium', 'long']}
        choose={setChoice}
        start={() => demo.start(choice.budget, choice.device, SEED)}
        pause={demo.pause}
        resume={demo.resume}
        reset={demo.reset}
      />
      <p class="note">{noteOf(state, budget)}</p>
      {state.error && (
        <div class="notice error" role="alert">
          <p class="notice-title">{state.error.message}</p>
          {state.error.hint && <p>{state.error.hint}</p>}
        </div>
      )}
      <Figures state={state} budget={budget} />
      <LiveStatus state={state} />
      <Curves points={state.points} budget={budget} />
      <RolloutList rollouts={state.rollouts} isLive={isLive} />
    </main>
  )
}

/** Phases and evaluations, for who does not see the page; steps would be too many to listen to. */
function LiveStatus({ state }: { state: DemoState }) {
  const { phase, stage, points, loading } = state
  const pass = points.findLast((point) => point.pass)?.pass
  const working = stage === 'rl' ? 'Reinforcement learning' : 'Supervised fine-tuning'
  const words: Readonly<Record<DemoState['phase'], string>> = {
    idle: 'Ready',
    loading: loading ?? 'Loading',
    running: `${working}${pass ? `: pass@1 is ${share(pass.value)}` : ''}`,
    paused: 'Paused',
    done: `Done${pass ? `: pass@1 is ${share(pass.value)}` : ''}`,
    failed: 'Failed',
  }
  return (
    <p class="status" role="status" aria-live="polite" data-phase={phase}>
      {words[phase]}
    </p>
  )
}

function choiceOf(query: URLSearchParams, isTest: boolean): Choice {
  const wanted = query.get('budget')
  const budget: BudgetId = isTest ? 'test' : wanted === 'medium' || wanted === 'long' ? wanted : 'short'
  const device = query.get('device')
  return { budget, device: device === 'wasm' || device === 'webgpu' ? (device satisfies DeviceChoice) : 'auto' }
}
