// Stages over a run in a world without an engine: when they end, what they start from, and that a run which was killed at
// any moment and taken up again leaves the same as one that never was.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Stage } from '../contracts/index.ts'
import { sampleGroup } from '../rollout/index.ts'
import { Killed, ToyWorld, toyProblems } from './__fixtures__/toy-world.ts'
import { batchAdvantage } from './advantage/batch-advantage.ts'
import { groupAdvantage } from './advantage/group-advantage.ts'
import { tokenMean } from './aggregate/aggregators.ts'
import { sequences } from './assemble/sequences.ts'
import { policyGradient } from './loss/policy-gradient.ts'
import { recordAccuracy } from './reward/accuracy-history.ts'
import { verdictReward } from './reward/verdict-reward.ts'
import { problemSource, rankedSource, repeatSource } from './source/sources.ts'

const problems = toyProblems(5)
const loss = policyGradient()

const stage = (more: Partial<Stage> = {}): Stage => ({
  id: 'stage',
  steps: 3,
  problems: 2,
  source: problemSource(problems),
  plan: sampleGroup({ samples: 4, maxTokens: 4, temperature: 1 }),
  credit: [verdictReward(), recordAccuracy(), batchAdvantage({ baseline: 'none' })],
  assemble: sequences,
  aggregate: tokenMean,
  loss,
  update: { optimizer: { kind: 'toy' }, lr: 1, schedule: { kind: 'linear' } },
  checkpointEvery: 2,
  ...more,
})

/** Every step trains on exactly 10 tokens: the prompt's 2 and what is shown. */
const tenTokens = (more: Partial<Stage>): Stage =>
  stage({
    problems: 1,
    credit: [],
    plan: async (problem) => ({
      problem,
      rollouts: [
        {
          problem,
          promptIds: Int32Array.of(1, 2),
          sample: { ids: new Int32Array(8).fill(3), text: 'right', stop: 'eos', logprobs: new Float32Array(8) },
          status: 'scored',
          parts: {},
          origin: 'oracle',
          fields: {},
        },
      ],
    }),
    ...more,
  })

const worldOf = (...stages: readonly (() => Stage)[]): ToyWorld => new ToyWorld(() => stages.map((make) => make()))

describe('the length of a stage', () => {
  it('in tokens ends after the step that passes it, and its learning rate follows tokens', async () => {
    const world = worldOf(() => tenTokens({ steps: 100, tokens: 25 }))
    const { step, status } = await world.attempt()
    expect({ step, status }).toEqual({ step: 3, status: 'done' })
    // Shares 0, 10/25 and 20/25 of the stage are done before the steps.
    expect(world.metric('optim/lr').map((lr) => Number(lr.toFixed(9)))).toEqual([1, 0.6, 0.2])
    expect(world.metric('tokens/seen')).toEqual([10, 20, 30])
  })

  it('in tokens ends with the step that reaches it exactly', async () => {
    expect((await worldOf(() => tenTokens({ steps: 100, tokens: 20 })).attempt()).step).toBe(2)
  })

  it('in tokens ends with its steps when they come first, and the rate follows those', async () => {
    const world = worldOf(() => tenTokens({ steps: 4, tokens: 1000 }))
    expect((await world.attempt()).step).toBe(4)
    expect(world.metric('optim/lr')).toEqual([1, 0.75, 0.5, 0.25])
  })

  it('counts its own steps', async () => {
    const coefficients = { step: (context: { step: number }) => context.step }
    const world = worldOf(
      () => tenTokens({ steps: 2, coefficients }),
      () => tenTokens({ steps: 3, coefficients }),
    )
    await world.attempt()
    expect(world.coefficients.map(({ step }) => step)).toEqual([0, 1, 0, 1, 2])
  })

  it('gives scheduled coefficients the same share', async () => {
    const coefficients = { share: (context: { progress: number }) => context.progress }
    const world = worldOf(() => tenTokens({ steps: 100, tokens: 25, coefficients }))
    await world.attempt()
    expect(world.coefficients.map(({ share }) => share)).toEqual([0, 0.4, 0.8])
  })

  it('does not pay for the stages before, nor twice for what came before an interruption', async () => {
    const make = () =>
      worldOf(
        () => tenTokens({ steps: 2 }),
        () => tenTokens({ steps: 100, tokens: 25 }),
      )
    const whole = make()
    expect((await whole.attempt()).step).toBe(5)
    const halted = make()
    expect(await halted.attempt({ stopAfter: 4 })).toMatchObject({ status: 'interrupted', step: 4 })
    expect(await halted.attempt()).toMatchObject({ status: 'done', step: 5 })
    expect(halted.metric('optim/lr')).toEqual(whole.metric('optim/lr'))
  })
})

describe('two stages alike', () => {
  it('draw other problems and other samples', async () => {
    const world = worldOf(
      () => stage({ recordEvery: 1 }),
      () => stage({ recordEvery: 1, from: 'base' }),
    )
    await world.attempt()
    const rows = world.log.filter(({ kind }) => kind === 'rollouts').map(({ data }) => data as { problem: string }[])
    const drawn = rows.flat().map(({ problem }) => problem)
    expect(drawn.slice(0, drawn.length / 2)).not.toEqual(drawn.slice(drawn.length / 2))
    const repeated = worldOf(
      () => tenTokens({ recordEvery: 1, plan: stage().plan, source: repeatSource(problems) }),
      () => tenTokens({ recordEvery: 1, plan: stage().plan, source: repeatSource(problems), from: 'base' }),
    )
    await repeated.attempt()
    const [first, , , second] = repeated.log.filter(({ kind }) => kind === 'rollouts').map(({ data }) => data)
    expect(second).not.toEqual(first)
  })
})

describe('what a stage starts from', () => {
  it('is what the stage before left, with a fresh optimiser', async () => {
    const world = worldOf(stage, stage)
    await world.attempt()
    expect(world.opened).toEqual([
      { folder: 'base', resume: false },
      { folder: 'checkpoint-3', resume: false },
    ])
  })

  it('is the base when it says so', async () => {
    const world = worldOf(stage, () => stage({ from: 'base' }))
    await world.attempt()
    expect(world.opened.map(({ folder }) => folder)).toEqual(['base', 'base'])
    expect(world.checkpoints.map(({ folder }) => folder)).toEqual([0, 2, 3, 5, 6].map((step) => `checkpoint-${step}`))
  })

  it('is its own last checkpoint with the optimiser once it has taken a step, also from the base', async () => {
    const world = worldOf(stage, () => stage({ from: 'base' }))
    await world.attempt({ stopAfter: 4 })
    await world.attempt()
    expect(world.opened).toEqual([
      { folder: 'base', resume: false },
      { folder: 'base', resume: false },
      { folder: 'checkpoint-4', resume: true },
    ])
  })

  it('is none of the models of stages that are done', async () => {
    const world = worldOf(stage, stage)
    await world.attempt()
    expect(await world.attempt()).toEqual({ status: 'done', folder: 'checkpoint-6', step: 6 })
    expect(world.opened).toHaveLength(2)
  })
})

/** Visited three times each in the first stage. The second is the one to train on, and an empty history says the first. */
const ranked = [problems[0], problems[1]]

/** Two stages that use everything that must survive: history, optimiser, rates, evaluations, several updates a step. */
const eventful = () =>
  worldOf(
    () =>
      stage({
        source: problemSource(ranked),
        update: { optimizer: { kind: 'toy' }, lr: 0.5, schedule: { kind: 'linear' }, epochs: 2, minibatches: 2 },
        evaluation: { every: 2, problems: toyProblems(4), samples: 1, maxTokens: 4, temperature: 1, k: [1] },
        recordEvery: 1,
      }),
    () =>
      stage({
        from: 'base',
        source: rankedSource(ranked, 1),
        credit: [verdictReward(), groupAdvantage({ normalize: false })],
        needs: { reference: 'base' },
        evaluation: { every: 0, problems: toyProblems(4), samples: 1, maxTokens: 4, temperature: 1, k: [1] },
        recordEvery: 2,
      }),
  )

describe('a run of two stages', () => {
  const whole = eventful()
  let happenings = 0

  beforeAll(async () => {
    await whole.attempt()
    happenings = whole.happened
  })

  it('evaluates, writes and checkpoints when it should', () => {
    const steps = (kind: string) => whole.log.filter((line) => line.kind === kind).map(({ step }) => step)
    expect(steps('metrics')).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(steps('rollouts')).toEqual([1, 2, 3, 5])
    expect(steps('evaluation')).toEqual([0, 2, 3, 6])
    expect(whole.checkpoints.map(({ folder }) => folder)).toEqual([0, 2, 3, 5, 6].map((step) => `checkpoint-${step}`))
    const last = whole.log.findLast(({ kind }) => kind === 'rollouts')
    expect(last?.data).toMatchObject(new Array(8).fill({ problem: ranked[1].id }))
    // The models in them differ, or comparing runs by them would say nothing.
    expect(new Set(whole.result().models.map(([, model]) => JSON.stringify(model))).size).toBe(5)
  })

  it('tells how long each phase took', () => {
    const step = ['rollout', 'credit', 'train', 'step']
    const first = ['evaluate', 'save', ...step, ...step, 'evaluate', 'save', ...step, 'evaluate', 'save']
    expect(whole.phases.slice(0, first.length)).toEqual(first)
    expect(whole.phases.filter((phase) => phase === 'step')).toHaveLength(6)
  })

  it('leaves the same when it is killed at any moment and taken up again', async () => {
    expect(happenings).toBeGreaterThan(60)
    for (let lifetime = 0; lifetime < happenings; lifetime++) {
      const world = eventful()
      await expect(world.attempt({ lifetime }), `killed after ${lifetime}`).rejects.toThrow(Killed)
      expect(world.open, `models open when killed after ${lifetime}`).toBe(0)
      expect(await world.attempt()).toEqual({ status: 'done', folder: 'checkpoint-6', step: 6 })
      expect(world.result(), `killed after ${lifetime}`).toEqual(whole.result())
    }
  })

  it('leaves the same when it is killed again and again', async () => {
    const world = eventful()
    let kills = 0
    for (let lifetime = 5; ; lifetime += 3) {
      const outcome = await world.attempt({ lifetime }).catch((error: unknown) => error)
      if (!(outcome instanceof Killed)) break
      kills++
    }
    expect(kills).toBeGreaterThan(3)
    expect(world.result()).toEqual(whole.result())
  })

  it.each([1, 2, 3, 4, 5])('writes the same when it is stopped after step %i and taken up again', async (stopAfter) => {
    const world = eventful()
    const { status, folder, step } = await world.attempt({ stopAfter })
    expect({ status, folder }).toEqual({ status: 'interrupted', folder: `checkpoint-${step}` })
    expect(step).toBe(stopAfter)
    await world.attempt()
    const { log, models } = whole.result()
    expect(world.log).toEqual(log)
    for (const [name, model] of models) expect(world.folders.get(name as string)).toEqual(model)
  })
})
