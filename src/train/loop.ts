// The training loop: one stage, step by step. Problems become rollouts, rollouts get credit, examples get weights, the
// loss moves the model; then metrics, evaluation, checkpoint. It calls the slots of a stage and knows no method.
import { GradusError } from '../base/error.ts'
import type { Example, Group, MetricName, Sampler, Stage, StepContext, Trainer } from '../contracts/index.ts'
import type { SpanRow } from '../contracts/run.ts'
import { scheduleAt, scheduleConfig } from '../optim/index.ts'
import { minibatch } from './aggregate/aggregators.ts'
import { refuseNotFinite } from './refuse-not-finite.ts'
import { groupMetrics } from './step-metrics.ts'

/** What one step gives back to the run. */
export interface StepResult {
  readonly metrics: Record<MetricName, number>
  readonly groups: readonly Group[]
  /** Tokens trained on and sampled in this step. */
  readonly tokens: { readonly trained: number; readonly sampled: number }
  /** Its phases in the order of their ends, and the step itself. */
  readonly spans: readonly SpanRow[]
}

/** What a step is given; the rest of its context is made here. */
export type StepSetting = Omit<StepContext, 'models' | 'report' | 'plan' | 'more' | 'draw'> & {
  readonly trainer: Trainer
  readonly others: Partial<Record<'reference' | 'teacher' | 'judge' | 'previous', Sampler>>
}

/** Runs one step of a stage. @throws `train/not-finite` before any weight changes */
export async function runStep(stage: Stage, setting: StepSetting): Promise<StepResult> {
  const { trainer, others, ...rest } = setting
  const { clock } = setting
  const metrics: Record<MetricName, number> = {}
  const started = clock.nowMs()
  const policy = await trainer.sampler()
  const drawn: Group[] = []
  const rollOut = async (count: number, from: StepContext): Promise<readonly Group[]> => {
    const problems = await stage.source.next(count, from)
    // Places go on over all draws of a step, so that copies of one problem are sampled apart.
    const first = drawn.length
    const groups = await Promise.all(problems.map((problem, i) => stage.plan(problem, from, first + i)))
    drawn.push(...groups)
    return groups
  }
  let draws = 0
  const context: StepContext = {
    ...rest,
    draw: 0,
    models: { ...others, policy, trainer },
    plan: (problem) => stage.plan(problem, context, 0),
    more: (count) => rollOut(count, { ...context, draw: ++draws }),
    report: (name, value) => {
      metrics[name] = (metrics[name] ?? 0) + value
    },
  }
  try {
    let groups = await rollOut(stage.problems, context)
    const rolledOut = clock.nowMs()
    for (const credit of stage.credit ?? []) groups = await credit(groups, context)
    refuseNotFinite(groups)
    if ('observe' in stage.source) stage.source.observe(groups, context)
    Object.assign(metrics, groupMetrics(groups))
    const sampled = sampledTokens(drawn)
    if (sampled > 0) {
      metrics['time/rollout_s'] = (rolledOut - started) / 1000
      metrics['perf/sample_tok_per_s'] = sampled / Math.max((rolledOut - started) / 1000, 1e-9)
    }
    const trainStarted = clock.nowMs()
    const trained = await update(stage, context, stage.assemble(groups, context), metrics)
    const ended = clock.nowMs()
    metrics['time/train_s'] = (ended - trainStarted) / 1000
    metrics['perf/train_tok_per_s'] = trained / Math.max((ended - trainStarted) / 1000, 1e-9)
    metrics['time/step_s'] = (ended - started) / 1000
    const span = (phase: string, start: number, end: number): SpanRow => ({ phase, start, ms: end - start })
    const spans = [
      ...(sampled > 0 ? [span('rollout', started, rolledOut)] : []),
      span('credit', rolledOut, trainStarted),
      span('train', trainStarted, ended),
      span('step', started, ended),
    ]
    return { metrics, groups, tokens: { trained, sampled }, spans }
  } finally {
    await policy.dispose()
  }
}

const sampledTokens = (groups: readonly Group[]): number =>
  groups.reduce(
    (sum, { rollouts }) => sum + rollouts.reduce((n, r) => n + (r.origin === 'policy' ? r.sample.ids.length : 0), 0),
    0,
  )

/** All optimiser steps of one training step; returns the tokens that went through the model. */
async function update(
  stage: Stage,
  context: StepContext,
  examples: readonly Example[],
  metrics: Record<MetricName, number>,
): Promise<number> {
  const { update: settings, loss } = stage
  const { epochs = 1, minibatches = 1, clipNorm } = settings
  const position = Math.round(context.progress * stage.steps)
  const lr = settings.lr * scheduleAt(scheduleConfig.parse(settings.schedule), position, stage.steps)
  metrics['optim/lr'] = lr
  if (examples.length === 0) return 0
  const coefficients = Object.fromEntries(
    Object.entries(stage.coefficients ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : value(context),
    ]),
  )
  let tokens = 0
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let part = 0; part < minibatches; part++) {
      const batch = stage.aggregate(minibatch(examples, part, minibatches))
      if (batch.length === 0) continue
      const report = await context.models.trainer.forwardBackward(batch, loss, coefficients)
      if (!Number.isFinite(report.total))
        throw new GradusError('train/not-finite', `the loss of step ${context.step} is ${report.total}`, {
          hint: 'No weight was changed. Lower the learning rate, or resume from the last checkpoint.',
        })
      const { gradNorm } = await context.models.trainer.optimStep({ lr, clipNorm })
      tokens += report.tokens
      const first = epoch === 0 && part === 0
      recordLoss(metrics, report, {
        gradNorm,
        first,
        examples: batch.length - report.skipped,
        perExample: loss.perExample,
      })
    }
  return tokens
}

/** The first optimiser step of a training step sees the weights that sampled: its ratios are the engines' mismatch. */
function recordLoss(
  metrics: Record<MetricName, number>,
  { total, report, lossTokens }: { total: number; report: Readonly<Record<string, number>>; lossTokens: number },
  {
    gradNorm,
    first,
    examples,
    perExample = [],
  }: { gradNorm: number; first: boolean; examples: number; perExample?: readonly string[] },
): void {
  metrics['loss/total'] = total
  metrics['optim/grad_norm'] = gradNorm
  if (lossTokens === 0) return
  for (const [name, value] of Object.entries(report)) {
    const isMax = name.endsWith('_max')
    if (name === 'policy/mismatch_max') {
      if (first) metrics[name] = value
    } else metrics[name as MetricName] = isMax ? value : value / (perExample.includes(name) ? examples : lossTokens)
  }
  if (first && report['policy/kl_old_k3'] !== undefined)
    metrics['policy/mismatch_kl'] = report['policy/kl_old_k3'] / lossTokens
}
