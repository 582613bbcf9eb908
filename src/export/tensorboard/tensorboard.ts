// TensorBoard: one event file a run, with every metric as a scalar, the configuration as text and as hyper-parameters,
// and some samples as text. Metric names stay as they are; numbers become floats, and null becomes NaN.
import { join } from 'node:path'
import { flatConfig, jsonText } from '../flat-config.ts'
import { writeOutput } from '../output-file.ts'
import type { RunExporter } from '../run-exporter.ts'
import { configOf, type LogFile, metricPoints, type RunSource, rolloutFiles, sampleFiles } from '../run-source.ts'
import { scalar, sessionEnd, sessionStart, summaryEvent, text, versionEvent } from './events.ts'
import { block, sampleText, spread } from './sample-text.ts'
import { tfRecord } from './tfrecord.ts'

/** Steps of rollouts, and of each task's evaluations, that are shown as text. */
const maxTexts = 32
const maxConfigCharacters = 50_000

export const tensorboard: RunExporter = {
  id: 'tensorboard',
  next: 'tensorboard --logdir OUT',
  place: ({ name }) => name,
  async write(run, folder) {
    const seconds = String(Math.floor(run.startMs / 1000)).padStart(10, '0')
    writeOutput(join(folder, `events.out.tfevents.${seconds}.gradus`), (file) => {
      for (const event of events(run)) file.write(tfRecord(event))
    })
    return []
  },
}

function* events(run: RunSource): Generator<Uint8Array> {
  const { info, startMs } = run
  const config = configOf(run)
  const hyperparameters = [['recipe', info.recipe] as const, ['task', info.task] as const, ...settings(config)]
  yield versionEvent(startMs)
  yield summaryEvent(startMs, 0, [
    sessionStart(hyperparameters, run.name, startMs),
    text('config', block(jsonText(config, 2), maxConfigCharacters)),
    text('run', block(jsonText(info, 2))),
  ])
  // Of an interrupted run the last row says when it was last alive.
  const at = new Map<number, number>()
  let lastMs = startMs
  for (const { step, atMs, values } of metricPoints(run)) {
    at.set(step, atMs)
    lastMs = atMs
    yield summaryEvent(
      atMs,
      step,
      values.map(([name, value]) => scalar(name, value)),
    )
  }
  for (const [tag, log] of shownLogs(run)) {
    yield summaryEvent(at.get(log.step) ?? startMs, log.step, [text(tag, sampleText(log.rows()))])
  }
  const status = info.status === 'done' ? 'success' : info.status === 'running' ? 'running' : 'failure'
  if (status !== 'running') yield summaryEvent(lastMs, 0, [sessionEnd(status, run.endMs ?? lastMs)])
}

// What config.json repeats of run.json, and facts of the machine, are no hyper-parameters.
function settings(config: unknown): ReturnType<typeof flatConfig> {
  return flatConfig(config).filter(([name]) => name !== 'recipe' && name !== 'task' && name !== '')
}

function shownLogs(run: RunSource): readonly (readonly [tag: string, log: LogFile])[] {
  const samples = sampleFiles(run)
  const tasks = [...new Set(samples.map(({ task }) => task))]
  return [
    ...spread(rolloutFiles(run), maxTexts).map((log) => ['rollouts', log] as const),
    ...tasks.flatMap((task) =>
      spread(
        samples.filter((log) => log.task === task),
        maxTexts,
      ).map((log) => [`eval/${task}/samples`, log] as const),
    ),
  ]
}
