// The rollouts of one problem at one step: the problem with its gold answer, how rewards are spread, and the rollouts that the
// filter keeps. The others, and what is more than a first look, are drawn on request.
import { useMemo, useState } from 'preact/hooks'
import type { RolloutGroup } from '../../../../src/serve/dashboard/api.ts'
import { ModelText } from '../../components/text/model-text.tsx'
import { findAll } from '../../components/text/ranges.ts'
import { signed } from '../../components/tokens/measures.ts'
import { Verdict } from '../../components/verdict.tsx'
import { Rollout } from './rollout.tsx'
import { whyNothing, whyOf } from './why.ts'

/** Rollouts of a first look. */
const FIRST = 8
/** More verdicts are a number, not a row of shapes. */
const MAX_SHAPES = 32

interface GroupProps {
  readonly run: string
  readonly step: number
  readonly group: RolloutGroup
  readonly search: string
}

/** One group. */
export function Group({ run, step, group, search }: GroupProps) {
  const { problem, prompt, answer, rewardMean, rewardStd, rollouts } = group
  const [count, setCount] = useState(FIRST)
  const [hasOthers, setOthers] = useState(false)
  const marks = useMemo(() => findAll(prompt, search), [prompt, search])
  const kept = rollouts.filter((rollout) => rollout.isKept)
  const others = rollouts.length - kept.length
  const listed = hasOthers ? rollouts : kept
  const nothing = whyNothing(group)
  const right = rollouts.filter((rollout) => rollout.verdict === 'right').length
  return (
    <section class="rollouts-group" aria-label={`Problem ${problem}`}>
      <header>
        <h2 class="rollouts-problem">
          <bdi>{problem}</bdi>
        </h2>
        <ModelText text={prompt} marks={marks} lines={8} what="prompt" />
        <dl class="rollouts-facts">
          <Fact name="Gold answer" value={answer === undefined ? '–' : <bdi class="rollouts-answer">{answer}</bdi>} />
          <Fact name="Right" value={`${right} of ${rollouts.length}`} />
          <Fact
            name="Reward"
            value={
              <>
                {rewardMean === null ? '–' : signed(rewardMean)}
                {rewardStd !== null && <span class="muted"> ± {signed(rewardStd)}</span>}
              </>
            }
          />
          {rollouts.length <= MAX_SHAPES && (
            <div class="rollouts-shapes" aria-hidden="true">
              {rollouts.map((rollout) => (
                <Verdict key={rollout.index} verdict={verdictOf(whyOf(rollout).kind)} isShort />
              ))}
            </div>
          )}
        </dl>
        {nothing && <p class="rollouts-nothing">{nothing}.</p>}
      </header>
      {listed.slice(0, count).map((rollout) => (
        <Rollout key={rollout.index} {...{ run, step, problem, rollout, search }} />
      ))}
      <p class="rollouts-more">
        {listed.length > count && (
          <button type="button" onClick={() => setCount(listed.length)}>
            Show {listed.length - count} more rollouts
          </button>
        )}
        {others > 0 && (
          <button type="button" class="quiet" aria-expanded={hasOthers} onClick={() => setOthers(!hasOthers)}>
            {hasOthers ? 'Hide' : 'Show'} {others} that the filter leaves out
          </button>
        )}
      </p>
    </section>
  )
}

const verdictOf = (kind: ReturnType<typeof whyOf>['kind']) => (kind === 'unscored' ? null : kind)

function Fact({ name, value }: { name: string; value: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
