// One rollout. First why it got its score, in the verifier's words; beside it what it wrote; then its numbers. Its tokens
// are asked for when they are opened, and which rollout is opened is in the address.
import { useEffect, useMemo, useRef } from 'preact/hooks'
import { ModelText } from '../../components/text/model-text.tsx'
import { findAll } from '../../components/text/ranges.ts'
import { safePieces } from '../../components/text/visible-text.ts'
import { signed } from '../../components/tokens/measures.ts'
import { Verdict } from '../../components/verdict.tsx'
import { useUrlState } from '../../lib/url-state.ts'
import { TokensView } from './tokens-view.tsx'
import { type ShownRollout, tellingParts, whyOf } from './why.ts'

interface RolloutProps {
  readonly run: string
  readonly step: number
  readonly problem: string
  readonly rollout: ShownRollout
  readonly search: string
}

/** One rollout of a group. */
export function Rollout({ run, step, problem, rollout, search }: RolloutProps) {
  const { completion, reward, advantage, stop, tokens, index } = rollout
  const { kind, reason, notes } = whyOf(rollout)
  const [opened, setOpened] = useUrlState<string>('tokens', '')
  const here = `${index}@${problem}`
  const isOpen = opened === here
  const marks = useMemo(() => findAll(completion, search), [completion, search])
  const box = useRef<HTMLElement>(null)
  // A link to the tokens of a rollout leads to them.
  useEffect(() => {
    if (isOpen) box.current?.scrollIntoView({ block: 'center' })
  }, [])
  return (
    <article ref={box} class={`rollouts-rollout ${kind}`} aria-label={`Rollout ${index}`}>
      <div class="rollouts-why">
        <p class="rollouts-reason">
          <Verdict verdict={kind === 'unscored' ? null : kind} />{' '}
          <bdi>
            {safePieces(reason)
              .map((piece) => piece.text)
              .join('')}
          </bdi>
        </p>
        {notes.map((note) => (
          <p key={note} class="rollouts-note">
            {note}.
          </p>
        ))}
        <dl class="rollouts-numbers">
          <Fact name="Reward" value={reward === undefined ? '–' : signed(reward)} />
          {tellingParts(rollout).map(([part, value]) => (
            <Fact key={part} name={part} value={signed(value, true)} isPart />
          ))}
          <Fact name="Advantage" value={advantage === undefined ? '–' : signed(advantage, true)} />
          <Fact name="Tokens" value={String(tokens)} />
          <Fact name="Stop" value={stop} />
        </dl>
      </div>
      <div class="rollouts-completion">
        <ModelText text={completion} marks={marks} what="completion" />
      </div>
      {rollout.hasTokens ? (
        <button
          type="button"
          class="rollouts-open"
          aria-expanded={isOpen}
          onClick={() => setOpened(isOpen ? '' : here)}
        >
          {isOpen ? 'Close tokens' : 'Tokens'}
          <span class="visually-hidden"> of rollout {index}</span>
        </button>
      ) : (
        <span class="rollouts-open muted">Tokens not kept</span>
      )}
      {isOpen && rollout.hasTokens && <TokensView {...{ run, step, problem, index }} />}
    </article>
  )
}

function Fact({ name, value, isPart }: { name: string; value: string; isPart?: boolean }) {
  return (
    <div class={isPart ? 'part' : undefined}>
      <dt>
        <bdi>{name}</bdi>
      </dt>
      <dd>{value}</dd>
    </div>
  )
}
