// What is said of a model that learnt other problems than the run goes on with.
import { describe, expect, it } from 'vitest'
import { knobDifference, knobNote } from './knob-note.ts'
import { makePlan } from './make-plan.ts'
import type { RunPlan } from './run-plan.ts'

const plan = (
  knobs: Readonly<Record<string, unknown>>,
  more: { task?: string; levels?: readonly number[] } = {},
): RunPlan =>
  makePlan({ recipe: 'grpo', task: 'chain-arithmetic', seed: 1, device: 'cpu', settings: { knobs }, ...more })

describe('knobDifference', () => {
  it('names the knobs that differ, and the options that make them alike', () => {
    expect(knobDifference(plan({ operators: '+-' }), plan({ modulus: 7, operators: '+*' }), 'runs/a')).toBe(
      'runs/a was trained with knobs {"modulus":7,"operators":"+*"}; this run uses {"modulus":10,"operators":"+-"}; ' +
        '--set knobs.modulus=7 --set knobs.operators=+* sets them',
    )
  })

  it('says nothing of defaults that are written out, or of another task', () => {
    expect(knobDifference(plan({}), plan({ modulus: 10 }), 'a')).toBeUndefined()
    expect(knobDifference(plan({}), plan({ level: 3 }, { task: 'countdown' }), 'a')).toBeUndefined()
  })

  it('knows mixed levels', () => {
    expect(knobDifference(plan({}), plan({}, { levels: [1, 2] }), 'a')).toBe(
      'a was trained with knobs {"level":[1,2]}; this run uses {"level":0}; --levels 1,2 sets them',
    )
    const same = plan({}, { levels: [1, 2] })
    expect(knobDifference(same, same, 'a')).toBeUndefined()
  })

  it('says nothing where problems come from a file', () => {
    const data = { path: 'rows.jsonl', sha256: '0' }
    expect(knobDifference({ ...plan({}), data }, plan({ modulus: 7 }), 'a')).toBeUndefined()
  })
})

it('knobNote says nothing of a model that belongs to no run', () => {
  expect(knobNote(plan({}))).toBeUndefined()
  expect(knobNote({ ...plan({}), model: '/nowhere/models/x' })).toBeUndefined()
})
