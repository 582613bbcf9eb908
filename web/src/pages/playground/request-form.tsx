// The form of the playground: which checkpoint, which problem, how to sample.
import type { ModelsAnswer, SampleRequestBody } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { useUrlState } from '../../lib/url-state.ts'
import { NumberField } from './number-field.tsx'
import { ProblemFields } from './problem-fields.tsx'
import { askedProblem, bounds, chosenModel, numberIn } from './request.ts'

interface RequestFormProps {
  readonly models: ModelsAnswer['models']
  /** Samples are being drawn. */
  readonly isBusy: boolean
  readonly start: (body: SampleRequestBody) => void
  readonly stop: () => void
}

/**
 * The form. What is typed is in the address at once; a button sends it, and sends it anew while samples are drawn. Stop is a
 * button of its own, so that a click that comes too late starts nothing.
 */
export function RequestForm({ models, isBusy, start, stop }: RequestFormProps) {
  const [run, setRun] = useUrlState<string>('run', '')
  const [checkpointText, setCheckpoint] = useUrlState<string>('checkpoint', '')
  const [samples, setSamples] = useUrlState<string>('samples', String(bounds.samples.initial))
  const [temperature, setTemperature] = useUrlState<string>('temperature', String(bounds.temperature.initial))
  const [maxTokens, setMaxTokens] = useUrlState<string>('tokens', String(bounds.maxTokens.initial))
  const [seed, setSeed] = useUrlState<string>('seed', String(bounds.seed.initial))
  const [kind, setKind] = useUrlState<'task' | 'typed'>('problem', 'task', ['task', 'typed'])
  const [text, setText] = useUrlState<string>('text', '')
  const [answer, setAnswer] = useUrlState<string>('answer', '')
  const [problemSeed, setProblemSeed] = useUrlState<string>('problem-seed', '0')
  const [index, setIndex] = useUrlState<string>('index', '0')
  const [level, setLevel] = useUrlState<string>('level', '')
  const { model, checkpoint, isOther } = chosenModel(models, run, checkpointText)
  const problem = askedProblem({ kind, text, answer, seed: problemSeed, index, level })

  const submit = (event: Event): void => {
    event.preventDefault()
    if (problem === undefined) return
    start({
      run: model.run,
      checkpoint,
      problem,
      samples: numberIn(samples, bounds.samples),
      temperature: numberIn(temperature, bounds.temperature),
      maxTokens: numberIn(maxTokens, bounds.maxTokens),
      seed: numberIn(seed, bounds.seed),
    })
  }
  return (
    <form class="playground-form" onSubmit={submit}>
      <div class="controls">
        <Choice
          label="Run"
          value={model.run}
          options={models.map((one) => ({ value: one.run, label: `${one.run} (${one.task})` }))}
          onChange={(next) => {
            setCheckpoint('')
            setRun(next)
          }}
        />
        <Choice
          label="Checkpoint"
          value={String(checkpoint)}
          options={model.checkpoints.map((step) => ({ value: String(step), label: `step ${step}` }))}
          onChange={setCheckpoint}
        />
        {isOther && (
          <p class="playground-note" role="status">
            The run or checkpoint of this link is not here; another was chosen.
          </p>
        )}
      </div>
      <ProblemFields
        task={model.task}
        {...{ kind, setKind, text, setText, answer, setAnswer }}
        {...{ seed: problemSeed, setSeed: setProblemSeed, index, setIndex, level, setLevel }}
      />
      <div class="controls">
        <NumberField label="Samples" value={samples} onChange={setSamples} bounds={bounds.samples} />
        <NumberField label="Temperature" value={temperature} onChange={setTemperature} bounds={bounds.temperature} />
        <NumberField label="Most tokens" value={maxTokens} onChange={setMaxTokens} bounds={bounds.maxTokens} />
        <NumberField label="Seed" value={seed} onChange={setSeed} bounds={bounds.seed} />
        <span class="playground-buttons">
          <button type="submit" class="primary" disabled={problem === undefined}>
            {isBusy ? 'Sample again' : 'Sample'}
          </button>
          <button type="button" disabled={!isBusy} onClick={stop}>
            Stop
          </button>
        </span>
      </div>
    </form>
  )
}
