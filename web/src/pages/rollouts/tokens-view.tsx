// The tokens of one rollout, coloured by what is chosen. Entropies and ratios are computed when they are wanted, with a
// checkpoint of the run: they need the model's whole distribution, which no run keeps.
import { useMemo } from 'preact/hooks'
import type { RolloutTokens, RunAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { Loading } from '../../components/notice.tsx'
import { Legend } from '../../components/tokens/legend.tsx'
import { type MeasureName, measureNames, measures, type ShownToken } from '../../components/tokens/measures.ts'
import { TokenStrip } from '../../components/tokens/token-strip.tsx'
import { useKept } from '../../lib/kept-answer.ts'
import { apiPath } from '../../lib/server.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { useServer } from '../../lib/use-server.ts'

interface TokensViewProps {
  readonly run: string
  readonly step: number
  readonly problem: string
  readonly index: number
}

/** Why a measure has no values, in words. */
const missing: Readonly<Record<MeasureName, string>> = {
  logprob: 'The run did not keep the log-probabilities of this rollout.',
  entropy: 'Entropies are computed with a checkpoint: choose one.',
  advantage: 'This rollout has no advantage: it was not trained on.',
  ratio: 'Ratios are computed with a checkpoint: choose one.',
}

/** The tokens with their choices. */
export function TokensView({ run, step, problem, index }: TokensViewProps) {
  const [measure, setMeasure] = useUrlState<MeasureName>('colour', 'logprob', measureNames)
  const [checkpoint, setCheckpoint] = useUrlState<string>('checkpoint', '')
  const about = useServer<RunAnswer>(apiPath('run', { run }))
  const asked = useServer<RolloutTokens>(apiPath('rollout-tokens', { run, step, problem, index, checkpoint }))
  const { answer, isOld } = useKept(asked, `${run} ${step} ${problem} ${index}`)
  const tokens = useMemo(() => (answer === undefined ? [] : tokensOf(answer)), [answer])
  const checkpoints = about.data?.checkpoints ?? []
  const isComputed = measure === 'entropy' || measure === 'ratio'
  const isKnown = tokens.some((token) => token[measure] !== null)
  return (
    <div class="rollouts-tokens">
      <div class="controls">
        <Choice
          label="Colour by"
          look="segments"
          value={measure}
          options={measureNames.map((name) => ({ value: name, label: measures[name].label }))}
          onChange={setMeasure}
        />
        {(checkpoints.length > 0 || checkpoint !== '') && (
          <Choice
            label="Entropy and ratio with"
            value={checkpoint}
            options={[
              { value: '', label: 'no checkpoint' },
              ...checkpoints.map((at) => ({ value: String(at), label: `checkpoint ${at}` })),
            ]}
            onChange={setCheckpoint}
          />
        )}
      </div>
      <Legend measure={measure} />
      <div role="status">
        {asked.error === undefined && asked.data === undefined && (
          <Loading what={checkpoint === '' ? 'Reading the tokens' : `Computing with checkpoint ${checkpoint}`} />
        )}
        {asked.data !== undefined && tokens.length > 0 && !isKnown && (
          <p class="rollouts-note">
            {isComputed && checkpoints.length === 0
              ? `${measures[measure].label} needs a checkpoint, and this run has none.`
              : isComputed && checkpoint !== ''
                ? `It could not be computed with checkpoint ${checkpoint}.`
                : missing[measure]}
          </p>
        )}
      </div>
      {asked.error && (
        <p class="rollouts-note" role="alert">
          {asked.error.message}. {asked.error.hint}{' '}
          <button type="button" onClick={asked.again}>
            Try again
          </button>
        </p>
      )}
      {answer !== undefined && (
        <div class={isOld ? 'rollouts-old' : undefined} aria-busy={isOld}>
          <TokenStrip tokens={tokens} measure={measure} label={`Tokens of rollout ${index}`} />
          {tokens.length === 0 && <p class="muted">The completion has no tokens.</p>}
        </div>
      )}
    </div>
  )
}

function tokensOf({ texts, ids, logprobs, entropies, ratios, advantage }: RolloutTokens): readonly ShownToken[] {
  return texts.map((text, i) => ({
    text,
    id: ids[i],
    logprob: logprobs?.[i] ?? null,
    entropy: entropies?.[i] ?? null,
    ratio: ratios?.[i] ?? null,
    advantage,
  }))
}
