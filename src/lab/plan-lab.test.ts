import { describe, expect, it } from 'vitest'
import { isGradusError } from '../base/error.ts'
import type { Claim } from '../contracts/index.ts'
import { recipes } from '../recipes/index.ts'
import { type ToyPlan, toyPlanner, toyRequest, toyTestbed } from './__fixtures__/synthetic-lab.ts'
import { type ClaimingRecipe, contentHash, findTestbed, type LabRequest, ownArm, planLab, testbeds } from './index.ts'

const claim = (arms: Claim['arms'], testbed?: string): Claim => ({
  statement: 'It works.',
  testbed,
  arms,
  check: () => ({ outcome: 'held', evidence: '' }),
})
const a: ClaimingRecipe = { id: 'a', family: 'f', claims: [claim({ own: { recipe: 'a' } })] }
const b: ClaimingRecipe = {
  id: 'b',
  family: 'f',
  baseline: 'a',
  claims: [
    claim({
      own: { recipe: 'b' },
      other: { recipe: 'a', settings: {} },
      far: { recipe: 'a', settings: { x: 1 } },
    }),
  ],
}
const plan = (chosen: readonly ClaimingRecipe[], changes?: Partial<LabRequest>) =>
  planLab(toyRequest(chosen, changes), toyPlanner)
const names = (chosen: readonly ClaimingRecipe[], changes?: Partial<LabRequest>) =>
  Object.keys(plan(chosen, changes).manifest.arms)

describe('content hash', () => {
  it('is eight digits of the content, whatever the order of keys', () => {
    expect(contentHash({ a: 1, b: [2] })).toMatch(/^[0-9a-f]{8}$/)
    expect(contentHash({ a: 1, b: [2] })).toBe(contentHash({ b: [2], a: 1 }))
    expect(contentHash({ a: 1 })).not.toBe(contentHash({ a: 2 }))
  })
})

describe('planning a lab', () => {
  it('runs an arm once, however many claims want it', () => {
    const { manifest, queue } = plan([a, b])
    expect(Object.values(manifest.arms).map(({ recipe, settings }) => [recipe, settings])).toEqual([
      ['a', {}],
      ['b', {}],
      ['a', { x: 1 }],
    ])
    expect(manifest.claims.map(({ recipe, arms }) => [recipe, arms])).toEqual([
      ['a', { own: manifest.own.a }],
      ['b', { own: manifest.own.b, other: manifest.own.a, far: expect.stringMatching(/^toy\/a-/) }],
    ])
    expect(new Set(queue.map(({ dir }) => dir)).size).toBe(queue.length)
    expect(queue).toHaveLength(1 + 3 * 2)
  })

  it('names directories by what a run is, and not by its seed', () => {
    const { queue, manifest } = plan([a])
    const { dir } = manifest.arms[manifest.own.a]
    expect(dir).toMatch(/^runs\/toy\/a-[0-9a-f]{8}$/)
    expect(queue.map((item) => item.dir)).toEqual([
      expect.stringMatching(/^lab\/testbeds\/toy-[0-9a-f]{8}$/),
      `lab/${dir}/seed-1`,
      `lab/${dir}/seed-2`,
    ])
    expect(names([a], { seeds: [7] })).toEqual(names([a]))
    expect(names([a], { command: 'other', at: 'later' })).toEqual(names([a]))
  })

  it('gives another directory to another budget, version or base', () => {
    const usual = names([a])
    const base = { ...toyTestbed, base: { steps: 9 } }
    for (const changes of [{ budget: { tokens: 7 } }, { version: '1' }, { testbed: base }]) {
      expect(names([a], changes)).not.toEqual(usual)
    }
  })

  it('puts the base first and all arms of a seed before the next seed', () => {
    const { queue } = plan([a, b], { withClaims: false })
    expect(queue.map(({ title }) => title)).toEqual([
      'base of toy',
      ...['a seed 1', 'b seed 1', 'a seed 2', 'b seed 2'],
    ])
    expect(queue.map(({ startsFrom }) => startsFrom)).toEqual([undefined, ...Array(4).fill(queue[0].dir)])
  })

  it('runs the arms of a claim on the testbed of the claim, with a base of its own', () => {
    const far = { ...a, claims: [claim({ own: { recipe: 'a' } }, 'countdown')] }
    const { queue, manifest } = plan([far])
    expect(queue.map(({ testbed, title }) => [testbed, title])).toEqual([
      ['toy', 'base of toy'],
      ['toy', 'a seed 1'],
      ['toy', 'a seed 2'],
      ['countdown', 'base of countdown'],
      ['countdown', 'a seed 1'],
      ['countdown', 'a seed 2'],
    ])
    expect(manifest.testbeds.countdown).toMatchObject({ task: 'countdown', tokens: findTestbed('countdown').tokens })
    expect(plan([far], { budget: { tokens: 7 } }).manifest.testbeds.countdown.tokens).toBe(7)
  })

  it('runs no arm for claims that are not asked for', () => {
    const { manifest } = plan([b], { withClaims: false })
    expect(Object.values(manifest.arms).map(({ recipe }) => recipe)).toEqual(['b'])
    expect(manifest.claims).toEqual([])
  })

  it('plans everything before anything runs, so that a wrong setting is told at once', () => {
    const arm = (): ToyPlan => {
      throw new RangeError('wrong setting')
    }
    expect(() => planLab(toyRequest([a]), { ...toyPlanner, arm })).toThrow('wrong setting')
  })
})

describe('the own arm', () => {
  it('is that of the claim, if it is of the recipe itself', () => {
    const settings = { x: 1 }
    expect(ownArm({ ...a, claims: [claim({ own: { recipe: 'a', settings } })] })).toEqual({ recipe: 'a', settings })
    expect(ownArm({ ...a, claims: [claim({ own: { recipe: 'b' } })] })).toEqual({ recipe: 'a' })
    expect(ownArm({ ...a, claims: [claim({})] })).toEqual({ recipe: 'a' })
  })
})

describe('testbeds', () => {
  it('are there for every claim', () => {
    for (const made of recipes.flatMap(({ claims }) => claims))
      if (made.testbed !== undefined) findTestbed(made.testbed)
  })

  it.each(testbeds.map((testbed) => [testbed.id, testbed] as const))(
    '%s has settings that grpo knows',
    (_, testbed) => {
      const grpo = recipes.find(({ id }) => id === 'grpo')
      expect(grpo?.config.safeParse(testbed.recipe)).toMatchObject({ success: true })
    },
  )

  it('are told with the closest name', () => {
    let thrown: unknown
    try {
      findTestbed('coutdown')
    } catch (error) {
      thrown = error
    }
    expect(isGradusError(thrown) && [thrown.code, thrown.message]).toEqual([
      'config/unknown-testbed',
      'there is no testbed "coutdown"; did you mean "countdown"?',
    ])
  })
})
