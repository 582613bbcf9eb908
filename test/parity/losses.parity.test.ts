// What recipes minimise, against the formulas of their papers in PyTorch: the loss and its gradient by the log-probability
// of every token. Made-up batches go through a recipe's own credits, assembling, weights and loss, which is evaluated in
// float64, so nothing here repeats what training uses. Numbers are of float32, as fields are.
// Long because the table of cases stands beside what runs them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Rng, stream } from '../../src/base/rng.ts'
import type { Settings } from '../../src/cli/run/overrides.ts'
import { resolveConfig } from '../../src/cli/run/resolve-config.ts'
import type { Example, Group, LossWant, Rollout, Stage, StepContext } from '../../src/contracts/index.ts'
import { microBatchFeeds } from '../../src/engine/micro-batch-feeds.ts'
import { lossInputs, type TokenOutputs } from '../../src/engine/training-graph.ts'
import { findRecipe, policyConfig, policyStage } from '../../src/recipes/index.ts'
import { chainArithmetic } from '../../src/tasks/index.ts'
import { exp, gradients, input, logSoftmax, mul, neg, pick, sum } from '../../src/tensor/index.ts'
import { evaluate } from '../../src/tensor/reference/index.ts'
import { minibatch } from '../../src/train/aggregate/aggregators.ts'
import {
  cispo,
  clipped,
  groupAdvantage,
  importanceSampling,
  seqMeanTokenMean,
  tokenMean,
} from '../../src/train/index.ts'
import { parity } from '../python.ts'

/** Relative to the largest number of a gradient; advantages, returns and weights are rounded to float32 on our side. */
const TOLERANCE = 1e-6
const VOCABULARY = 5
/** Longest completion. */
const LIMIT = 10

/** A completion as both sides get it. */
interface Raw {
  readonly right: boolean | null
  readonly stop: 'eos' | 'max'
  readonly text: string
  readonly mask: readonly number[]
  readonly behaviour: readonly number[]
  readonly reference: readonly number[]
  readonly current: readonly number[]
  readonly oldValues: readonly number[]
  readonly values: readonly number[]
  readonly targets: readonly number[]
  /** [T][V]; then `current` is not read. */
  readonly logits?: readonly (readonly number[])[]
}

/**
 * One letter for each completion of a group: `r`ight, `w`rong or `u`ndecided; in capitals, ended by the token limit; `d`:
 * right, with the text of the group's first; `s`: wrong and so short that no punishment for length reaches it.
 */
type Letters = string

/** What a batch is made of. */
interface BatchOptions {
  readonly masked?: boolean
  readonly withLogits?: boolean
}

function drawCompletion(rng: Rng, letter: string, { masked, withLogits }: BatchOptions, text: string): Raw {
  const isTruncated = letter !== letter.toLowerCase()
  const length = isTruncated ? LIMIT : letter === 's' ? 1 + rng.int(5) : 2 + rng.int(LIMIT - 2)
  const numbers = (make: (t: number) => number): number[] => Array.from({ length }, (_, t) => Math.fround(make(t)))
  const behaviour = numbers(() => -0.05 - 2.5 * rng.next())
  const oldValues = numbers(() => rng.normal())
  const written = rng.int(length)
  return {
    right: letter === 'u' ? null : 'rd'.includes(letter.toLowerCase()),
    stop: isTruncated ? 'max' : 'eos',
    text,
    mask: numbers((t) => (masked && t !== written && rng.int(3) === 0 ? 0 : 1)),
    behaviour,
    reference: numbers((t) => behaviour[t] + 0.4 * rng.normal()),
    // Ratios from about 0.4 to 2.5, so that every bound binds somewhere.
    current: numbers((t) => behaviour[t] + 0.35 * rng.normal()),
    oldValues,
    values: numbers((t) => oldValues[t] + 0.6 * rng.normal()),
    targets: numbers(() => rng.int(VOCABULARY)),
    ...(withLogits && {
      logits: Array.from({ length }, () => Array.from({ length: VOCABULARY }, () => Math.fround(rng.normal()))),
    }),
  }
}

const drawGroups = (rng: Rng, groups: readonly Letters[], options: BatchOptions): Raw[][] =>
  groups.map((letters, g) =>
    [...letters].map((letter, i) => drawCompletion(rng, letter, options, letter === 'd' ? `${g}.0` : `${g}.${i}`)),
  )

/** One comparison. */
interface Case {
  readonly name: string
  readonly method: string
  readonly params: Settings
  readonly stage: Stage
  readonly groups: readonly (readonly Raw[])[]
  readonly further: readonly (readonly Raw[])[]
  /** Completions that are demonstrations: scored as they come. */
  readonly demonstrated: boolean
}

interface CaseOptions extends BatchOptions {
  readonly groups?: readonly Letters[]
  readonly further?: readonly Letters[]
  readonly demonstrated?: boolean
}

const cases: Case[] = []

function add(name: string, stage: Stage, method: string, params: Settings, options: CaseOptions = {}): void {
  const { groups = ['rwww', 'wrrwr', 'wwww', 'rwu'], further = [], demonstrated = false, ...batch } = options
  const rng = stream('losses', name)
  const [own, more] = [groups, further].map((letters) => drawGroups(rng, letters, batch))
  cases.push({ name, method, params, stage, groups: own, further: more, demonstrated })
}

const setting = { task: chainArithmetic, seed: 1 }

/** The last stage of a recipe with these settings. */
function stageOf(recipe: string, settings: Settings = {}): Stage {
  const short = { rollout: { maxTokens: LIMIT }, evaluation: { problems: 1 } }
  const { config } = findRecipe(recipe)
  const resolved = resolveConfig({ schema: config, presets: [short], overrides: settings })
  return findRecipe(recipe)
    .stages(resolved as never, setting)
    .at(-1)!
}

/** The stage of a policy loss that no recipe has as yet. */
const stageWith = (loss: Stage['loss'], aggregate: Stage['aggregate']): Stage =>
  policyStage(policyConfig.parse({ evaluation: { problems: 1 } }), setting, {
    advantages: [groupAdvantage({ normalize: true })],
    loss,
    aggregate,
  })

const clip = { low: 0.2, high: 0.2 }

add('sft', stageOf('sft'), 'sft', {}, { groups: ['r', 'w', 'r', 'r'], demonstrated: true, masked: true })
add('rft', stageOf('rft'), 'rft', {}, { groups: ['rwwr', 'wrdr', 'wwww', 'rdu', 'Rrd'] })

for (const baseline of ['batch-mean', 'none'])
  add(
    `reinforce, baseline ${baseline}`,
    stageOf('reinforce', { baseline }),
    'reinforce',
    { baseline },
    { masked: true },
  )
add('rloo', stageOf('rloo'), 'rloo', { limit: LIMIT }, { masked: true })

add(
  'reinforce with a KL in the reward',
  stageOf('reinforce', { klCoef: 0.1, klIn: 'reward', klEstimator: 'k1' }),
  'reinforce',
  { baseline: 'batch-mean', klCoef: 0.1, rewardKl: 'k1' },
)
add('rloo with a KL in the reward', stageOf('rloo', { klCoef: 0.1 }), 'rloo', {
  limit: LIMIT,
  klCoef: 0.1,
  rewardKl: 'k1',
})

add('reinforce++', stageOf('reinforce-plus-plus'), 'reinforce_plus_plus', clip, { masked: true })
for (const rewardKl of ['k1', 'k2', 'k3'])
  add(
    `reinforce++ with ${rewardKl} in the reward`,
    stageOf('reinforce-plus-plus', { klCoef: 0.1, klEstimator: rewardKl }),
    'reinforce_plus_plus',
    { ...clip, klCoef: 0.1, rewardKl },
  )
add(
  'reinforce++ with a KL in the reward and masked tokens',
  stageOf('reinforce-plus-plus', { klCoef: 0.1 }),
  'reinforce_plus_plus',
  { ...clip, klCoef: 0.1, rewardKl: 'k1' },
  { masked: true },
)

for (const recipe of ['grpo', 'limit-of-rlvr']) add(recipe, stageOf(recipe), 'grpo', clip, { masked: true })
add('grpo, token mean', stageOf('grpo', { aggregation: 'token-mean' }), 'grpo', { ...clip, tokenMean: true })
// Weighed by the ratio, k2 is refused: it would have the gradient of neither KL.
for (const kl of ['k1', 'k2', 'k3'])
  for (const corrected of kl === 'k2' ? [false] : [false, true])
    add(
      `grpo with ${corrected ? 'corrected ' : ''}${kl}`,
      stageOf('grpo', { klCoef: 0.04, klEstimator: kl, klCorrected: corrected }),
      'grpo',
      { ...clip, klCoef: 0.04, kl, corrected },
      { masked: true },
    )
add(
  'grpo, token mean, with k3',
  stageOf('grpo', { aggregation: 'token-mean', klCoef: 0.04 }),
  'grpo',
  { ...clip, tokenMean: true, klCoef: 0.04, kl: 'k3' },
  { masked: true },
)
add('dr-grpo', stageOf('dr-grpo'), 'dr_grpo', { ...clip, limit: LIMIT }, { masked: true })

const higher = { low: 0.2, high: 0.28, limit: LIMIT, cache: 4 }
const dapo = (overlong: string): Stage => stageOf('dapo', { overlong, overlongCache: 0.4 })
const drawn = { groups: ['rwWw', 'ssss', 'wrRw', 'rwu'], further: ['rr', 'wWrr', 'rrww'] }
add(
  'dapo',
  dapo('punish'),
  'dapo',
  { ...higher, overlong: 'punish' },
  { groups: ['rwWw', 'ssss', 'wrRw'], further: ['ss', 'wWrr'] },
)
add('dapo without punishment', dapo('keep'), 'dapo', { ...higher, overlong: 'keep' }, drawn)
add(
  'dapo, all wrong and some too long',
  dapo('punish'),
  'dapo',
  { ...higher, overlong: 'punish' },
  { groups: ['rwWw', 'sssW', 'wrRw'], further: ['wWrr'] },
)
add(
  'dapo that drops truncated completions',
  dapo('drop'),
  'dapo',
  { ...higher, overlong: 'drop' },
  {
    groups: ['rwWw', 'wrRw', 'wrrw'],
  },
)

const critic = { gamma: 0.95, lambda: 0.9, valueCoef: 0.3, valueClip: 0.5 }
add('ppo', stageOf('ppo', critic), 'ppo', { ...clip, ...critic }, { masked: true })
add('ppo with a KL in the reward', stageOf('ppo', { ...critic, klCoef: 0.1 }), 'ppo', {
  ...clip,
  ...critic,
  klCoef: 0.1,
  rewardKl: 'k1',
})
for (const part of [0, 1])
  add(`ppo, part ${part + 1} of 2`, stageOf('ppo', critic), 'ppo', { ...clip, ...critic, part, parts: 2 })

add('psr', stageOf('psr'), 'signed', { ...clip, positive: 1, negative: 0 }, { masked: true })
add('nsr', stageOf('nsr'), 'signed', { ...clip, positive: 0, negative: 1 }, { masked: true })
add('w-reinforce', stageOf('w-reinforce'), 'signed', { ...clip, positive: 0.1, negative: 1 }, { masked: true })

const oneShot = { policyCoef: 0.7, klCoef: 0.05, entropyCoef: 0.03 }
add(
  'one-shot-rlvr',
  stageOf('one-shot-rlvr', oneShot),
  'one_shot',
  { ...clip, ...oneShot, kl: 'k3' },
  {
    withLogits: true,
    masked: true,
  },
)

add(
  'dpo',
  stageOf('dpo', { beta: 0.3 }),
  'dpo',
  { beta: 0.3, pairs: 1 },
  {
    groups: ['rw', 'rw', 'rw', 'rw'],
    demonstrated: true,
  },
)
add(
  'rollout-dpo',
  stageOf('rollout-dpo', { pairs: 2 }),
  'dpo',
  { beta: 0.1, pairs: 2 },
  {
    groups: ['rrww', 'wrwrwr', 'rrrr', 'wwur', 'ww'],
    masked: true,
  },
)

add('the dual clip', stageWith(clipped({ ...clip, dual: 1.3 }), tokenMean), 'dual_clip', {
  ...clip,
  dual: 1.3,
  tokenMean: true,
})
const narrow = { low: 0.05, high: 0.08 }
add(
  'one ratio for a sequence',
  stageWith(clipped({ ...narrow, level: 'sequence' }), seqMeanTokenMean),
  'gspo',
  narrow,
  {
    masked: true,
  },
)
add('cispo', stageWith(cispo({ high: 0.28 }), tokenMean), 'cispo', { low: 1, high: 0.28 }, { masked: true })
add('cispo with a lower bound', stageWith(cispo(clip), tokenMean), 'cispo', clip)
add('importance sampling', stageWith(importanceSampling(), tokenMean), 'importance_sampling', {})

/** A completion as the loop has it. Its number goes with it as its one prompt token, and what the model says as fields. */
function rolloutOf(raw: Raw, number: number, problem: Rollout['problem'], demonstrated: boolean): Rollout {
  const { right, stop, text, mask, behaviour, current, values, logits } = raw
  const kind = right === null ? 'undecided' : right ? 'right' : 'wrong'
  const field = (data: readonly number[], width?: number) => ({
    data: Float32Array.from(data),
    shape: width === undefined ? ([mask.length] as const) : ([mask.length, width] as const),
  })
  return {
    problem,
    promptIds: Int32Array.of(number),
    sample: { ids: Int32Array.from(raw.targets), text, stop, logprobs: Float32Array.from(behaviour) },
    verdict: { kind, score: right ? 1 : 0, reason: '' },
    status: kind === 'undecided' ? kind : demonstrated ? 'scored' : 'unscored',
    parts: {},
    ...(mask.includes(0) && { mask: Uint8Array.from(mask) }),
    origin: demonstrated ? 'oracle' : 'policy',
    fields: {
      current: field(current),
      values: field(values),
      ...(logits && { logits: field(logits.flat(), VOCABULARY) }),
    },
  }
}

/** What the pieces of a stage ask of a step, from what was made up. */
function contextOf(raws: readonly Raw[], further: Group[]): StepContext {
  const logprobs = (data: readonly number[]) => ({ logprobs: Float32Array.from(data) })
  const reference = {
    score: async (items: readonly { context: Int32Array }[]) =>
      items.map(({ context }) => logprobs(raws[context[0]].reference)),
  }
  const trainer = {
    forward: async (examples: readonly Example[]) => ({
      sequences: examples.map(({ sequences: [{ ids }] }) => ({
        ...logprobs(raws[ids[0]].behaviour),
        values: Float32Array.from(raws[ids[0]].oldValues),
      })),
    }),
  }
  const more = async (count: number): Promise<Group[]> => further.splice(0, count)
  return { models: { reference, trainer }, more, report() {} } as unknown as StepContext
}

interface Result {
  readonly total: number
  /** By completion. */
  readonly gradients: readonly (readonly number[])[]
  readonly byValues: readonly (readonly number[])[]
}

/** The loss as training has it: credit, assemble, minibatch, aggregate, loss. */
async function ours({ stage, groups, further, demonstrated, params }: Case): Promise<Result> {
  const raws = [...groups, ...further].flat()
  let number = 0
  const groupsOf = (list: readonly (readonly Raw[])[], from: number): Group[] =>
    list.map((group, g) => {
      const problem = { id: `p${from + g}`, task: 't', split: 'train', prompt: '', meta: {} } as const
      return { problem, rollouts: group.map((raw) => rolloutOf(raw, number++, problem, demonstrated)) }
    })
  let credited: readonly Group[] = groupsOf(groups, 0)
  const context = contextOf(raws, groupsOf(further, groups.length))
  for (const credit of stage.credit ?? []) credited = await credit(credited, context)
  const examples = stage.assemble(credited, context)
  const { part = 0, parts = 1 } = params as { part?: number; parts?: number }
  return lossOf(stage, stage.aggregate(minibatch(examples, part, parts)), raws)
}

function lossOf({ loss, coefficients = {} }: Stage, batch: readonly Example[], raws: readonly Raw[]): Result {
  let index = 0
  const rows = batch.flatMap(({ sequences }, example) => sequences.map((datum) => [{ datum, example, index: index++ }]))
  const hasLogits = rows[0][0].datum.fields.logits !== undefined
  const said = ['current', 'values', ...(hasLogits ? ['logits'] : [])]
  const wanted = { fields: [...loss.fields, ...said], scalars: loss.scalars ?? [] }
  const { sizes, feeds, spans } = microBatchFeeds({ layout: 'rows', rows }, wanted, (e) => batch[e].scalars ?? {})
  for (const [name, value] of Object.entries(coefficients))
    feeds[`coefficient.${name}`] = Float32Array.of(Number(value))
  const leaf = hasLogits ? input('field.logits', ['N', VOCABULARY]) : input('field.current', ['N'])
  const values = input('field.values', ['N'])
  const { total } = loss.terms(lossInputs(hasLogits ? saidBy(leaf) : { logprobs: leaf, want: wantOf({ values }) }, {}))
  const [gradient, byValues] = gradients(total, [leaf, values])
  const out = evaluate({ total, gradient, byValues }, { sizes, feeds })
  const width = hasLogits ? VOCABULARY : 1
  const zeros = (by: number): number[][] => raws.map(({ mask }) => new Array<number>(mask.length * by).fill(0))
  const result = { total: out.total.data[0], gradients: zeros(width), byValues: zeros(1) }
  for (const { index: row, start, length } of spans) {
    const number = rows[row][0].datum.ids[0]
    result.gradients[number] = [...out.gradient.data.subarray(start * width, (start + length) * width)]
    result.byValues[number] = [...out.byValues.data.subarray(start, start + length)]
  }
  return result
}

/** As the engine derives them from logits. */
function saidBy(logits: TokenOutputs['logprobs']): TokenOutputs {
  const distribution = logSoftmax(logits)
  const entropy = neg(sum(mul(exp(distribution), distribution), -1))
  return { logprobs: pick(distribution, input('targets', ['N'], 'int32')), want: wantOf({ entropy, distribution }) }
}

/** Entropy of a loss that only watches it needs no distribution. */
const wantOf =
  (known: Partial<Record<LossWant, TokenOutputs['logprobs']>>): TokenOutputs['want'] =>
  (name) =>
    known[name] ?? input('field.current', ['N'])

const largest = (numbers: readonly number[]): number => numbers.reduce((most, x) => Math.max(most, Math.abs(x)), 0)

/** The largest distance of two gradients relative to the largest number of the second. */
function distance(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  expect(a.map(({ length }) => length)).toEqual(b.map(({ length }) => length))
  const [x, y] = [a.flat(), b.flat()]
  return largest(x.map((value, i) => value - y[i])) / Math.max(largest(y), 1e-3)
}

parity.describe('the loss and its gradient are those of the paper', () => {
  const folder = mkdtempSync(join(tmpdir(), 'parity-losses-'))
  let theirs: readonly Result[]
  beforeAll(async () => {
    const paths = ['cases.json', 'results.json'].map((name) => join(folder, name))
    writeFileSync(
      paths[0],
      JSON.stringify(cases.map(({ method, params, groups, further }) => ({ method, params, groups, further }))),
    )
    await parity.run('parity/losses.py', paths)
    theirs = JSON.parse(readFileSync(paths[1], 'utf8')) as readonly Result[]
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true }))

  for (const [index, one] of cases.entries()) {
    it(one.name, async () => {
      const [found, expected] = [await ours(one), theirs[index]]
      expect(largest(expected.gradients.flat())).toBeGreaterThan(1e-3)
      expect(Math.abs(found.total - expected.total)).toBeLessThan(TOLERANCE * Math.max(Math.abs(expected.total), 1))
      expect(distance(found.gradients, expected.gradients)).toBeLessThan(TOLERANCE)
      expect(distance(found.byValues, expected.byValues)).toBeLessThan(TOLERANCE)
    })
  }
})
