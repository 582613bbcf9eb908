// What came of a request: how it goes, the prompt, how many samples are right, and the samples beside each other. How it goes
// is read aloud when it changes; single tokens are not.
import type { SampleRequestBody } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { ModelText } from '../../components/text/model-text.tsx'
import { Legend } from '../../components/tokens/legend.tsx'
import { useUrlState } from '../../lib/url-state.ts'
import { DrawView } from './draw-view.tsx'
import { type Sampling, tally } from './sampling.ts'

interface SamplingViewProps {
  readonly state: Sampling
  readonly request: SampleRequestBody
}

/** A request and its samples. */
export function SamplingView({ state, request }: SamplingViewProps) {
  const [look, setLook] = useUrlState<'tokens' | 'text'>('look', 'tokens', ['tokens', 'text'])
  const { prompt, answer, draws, error, phase } = state
  return (
    <section class="playground-result" aria-label="Samples">
      <p class="playground-status" role="status">
        {statusText(state)}
      </p>
      {error && (
        <p class="playground-error" role="alert">
          {error.message}
          {error.hint && <span class="muted"> {error.hint}</span>}
        </p>
      )}
      <p class="muted playground-asked">
        {request.run}, step {request.checkpoint}, temperature {request.temperature}, at most {request.maxTokens} tokens,
        seed {request.seed}
      </p>
      {prompt !== undefined && (
        <div class="playground-prompt">
          <h2>Prompt</h2>
          <ModelText text={prompt} what="prompt" />
          {answer !== undefined && (
            <p class="playground-answer">
              <span class="muted">Gold answer</span> <bdi>{answer}</bdi>
            </p>
          )}
        </div>
      )}
      {(phase !== 'failed' || draws.some((draw) => draw.tokens.length > 0)) && phase !== 'waiting' && (
        <>
          <div class="playground-look">
            <Choice
              label="Show samples as"
              look="segments"
              value={look}
              options={[
                { value: 'tokens', label: 'Tokens' },
                { value: 'text', label: 'Text' },
              ]}
              onChange={setLook}
            />
            {look === 'tokens' && <Legend measure="logprob" />}
          </div>
          <div class="playground-draws">
            {draws.map((draw, i) => (
              <DrawView key={i} number={i + 1} draw={draw} look={look} isDrawing={phase === 'drawing'} />
            ))}
          </div>
        </>
      )}
    </section>
  )
}

/** How it goes, in a line. */
function statusText({ phase, draws }: Sampling): string {
  const { right, decided, leftOut, ended } = tally(draws)
  const share = decided === 0 ? '' : `${right} of ${decided} right`
  const out = leftOut > 0 && decided > 0 ? `${leftOut} without a verdict` : ''
  const found = [share, out].filter((part) => part !== '').join(', ')
  const tail = found === '' ? '' : `: ${found}`
  switch (phase) {
    case 'waiting':
      return 'Waiting: the model is loaded, or others sample first …'
    case 'drawing':
      return `Drawing, ${ended} of ${draws.length} samples have ended${tail}`
    case 'stopped':
      return `Stopped, ${ended} of ${draws.length} samples had ended${tail}`
    case 'done':
      return draws.length === 1 ? `Done${tail}` : `All ${draws.length} samples have ended${tail}`
    case 'failed':
      return ended === 0 ? '' : `${ended} of ${draws.length} samples had ended${tail}`
    default:
      return phase satisfies never
  }
}
