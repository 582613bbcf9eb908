// One problem under two checkpoints: a column for each with the share that is right and what was written, sample beside
// sample, what differs marked in both.
import { useMemo, useState } from 'preact/hooks'
import type { EvalProblemsAnswer, ShownSample } from '../../../../src/serve/dashboard/api.ts'
import { ModelText } from '../../components/text/model-text.tsx'
import { findAll, type Range } from '../../components/text/ranges.ts'
import { safePieces } from '../../components/text/visible-text.ts'
import { Verdict } from '../../components/verdict.tsx'
import { differences } from './differences.ts'

type ShownProblem = EvalProblemsAnswer['problems'][number]
type Samples = readonly (readonly ShownSample[])[]

/** Samples of a first look. */
const FIRST = 2

interface ProblemProps {
  readonly steps: readonly number[]
  readonly problem: ShownProblem
  readonly search: string
}

/** The problem. */
export function Problem({ steps, problem: shown, search }: ProblemProps) {
  const { problem, prompt, answer, samples } = shown
  const [count, setCount] = useState(FIRST)
  const marks = useMemo(() => findAll(prompt, search), [prompt, search])
  const most = Math.max(0, ...samples.map((ofStep) => ofStep.length))
  const turn = turned(samples)
  return (
    <article class="evaluations-problem" aria-label={`Problem ${problem}`}>
      <header>
        <h3 class="rollouts-problem">
          <bdi>{problem}</bdi>
        </h3>
        <ModelText text={prompt} marks={marks} lines={8} what="prompt" />
        <p class="evaluations-facts">
          {answer !== undefined && (
            <span>
              <span class="muted">Gold answer</span> <bdi class="rollouts-answer">{answer}</bdi>
            </span>
          )}
          {turn && <strong class={turn.look}>{turn.said}</strong>}
        </p>
      </header>
      <div class="evaluations-columns">
        {steps.map((step, i) => (
          <p key={step} class="evaluations-column-head">
            Step {step} <span class="muted">{shareText(samples[i] ?? [])}</span>
          </p>
        ))}
        {Array.from({ length: Math.min(count, most) }, (_, i) => (
          <Pair key={i} steps={steps} pair={steps.map((_, at) => samples[at]?.[i])} search={search} />
        ))}
      </div>
      {most > FIRST && (
        <button
          type="button"
          class="evaluations-more"
          aria-expanded={count > FIRST}
          onClick={() => setCount(count > FIRST ? FIRST : most)}
        >
          {count > FIRST ? 'Fewer samples' : `All ${most} samples`}
        </button>
      )}
    </article>
  )
}

/** The same sample under each checkpoint. */
function Pair({
  steps,
  pair,
  search,
}: {
  steps: readonly number[]
  pair: readonly (ShownSample | undefined)[]
  search: string
}) {
  const [before, after] = pair.map((sample) => sample?.completion)
  const own = useMemo(
    () => (before === undefined || after === undefined ? undefined : differences(before, after)),
    [before, after],
  )
  return (
    <>
      {pair.map((sample, i) => (
        <SampleOf
          key={steps[i]}
          step={steps[i]}
          sample={sample}
          own={i === 0 ? own?.before : own?.after}
          search={search}
        />
      ))}
    </>
  )
}

function SampleOf({
  step,
  sample,
  own,
  search,
}: {
  step: number
  sample: ShownSample | undefined
  own: readonly Range[] | undefined
  search: string
}) {
  if (sample === undefined) return <p class="evaluations-sample muted">No such sample at step {step}.</p>
  const { completion, verdict, reason, stop } = sample
  // A search marks what was looked for; otherwise what the other text has not is marked.
  const found = findAll(completion, search)
  const isSearch = found.length > 0
  return (
    <div class={`evaluations-sample ${verdict}`}>
      <p class="rollouts-reason">
        <span class="evaluations-step muted">Step {step} </span>
        <Verdict verdict={verdict} />{' '}
        <bdi>
          {safePieces(reason)
            .map((piece) => piece.text)
            .join('')}
        </bdi>
        {stop === 'max' && <span class="rollouts-note"> Cut off by the token limit.</span>}
      </p>
      <ModelText
        text={completion}
        marks={isSearch ? found : own}
        markKind={isSearch ? 'found' : 'own'}
        what="completion"
      />
    </div>
  )
}

function shareText(samples: readonly ShownSample[]): string {
  const decided = samples.filter(({ verdict }) => verdict === 'right' || verdict === 'wrong')
  const right = decided.filter(({ verdict }) => verdict === 'right').length
  if (samples.length === 0) return 'was not asked'
  return decided.length === 0 ? 'nothing decided' : `${right} of ${decided.length} right`
}

/** What became of the problem between two steps, where both decided something. */
function turned(samples: Samples): { said: string; look: string } | undefined {
  if (samples.length < 2) return undefined
  const [before, after] = [samples[0], samples[samples.length - 1]].map((ofStep) => {
    const decided = ofStep.filter(({ verdict }) => verdict === 'right' || verdict === 'wrong')
    return decided.filter(({ verdict }) => verdict === 'right').length / decided.length
  })
  if (!(Number.isFinite(before) && Number.isFinite(after)) || before === after) return undefined
  return after > before ? { said: 'Better', look: 'evaluations-better' } : { said: 'Worse', look: 'evaluations-worse' }
}
