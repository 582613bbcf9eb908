import { describe, expect, test } from 'vitest'
import type { RunSummary } from '../../../../src/serve/dashboard/api.ts'
import { runsOfRow } from './row-runs.ts'

const run = (name: string, recipe: string, seed: number): RunSummary => ({
  run: name,
  info: { id: name, recipe, task: 't', seeds: [seed], startedAt: '', resumes: 0 },
  status: 'done',
  step: 0,
  tokens: 0,
  seconds: 0,
  spark: null,
  evaluation: null,
  tags: [],
  alerts: 0,
})
const runs = [
  run('lab/runs/chain/grpo-0a/seed-2', 'grpo', 2),
  run('lab/runs/chain/grpo-0a/seed-1', 'grpo', 1),
  run('lab/runs/chain/grpo-0ab/seed-1', 'grpo', 1),
  run('lab/runs/other/grpo-0a/seed-1', 'grpo', 1),
]

describe('runsOfRow', () => {
  test('finds the runs of an arm and of no other, by seed', () => {
    const found = runsOfRow({ arm: 'chain/grpo-0a' }, { lab: 'lab', runs })
    expect(found.map((one) => one.run)).toEqual(['lab/runs/chain/grpo-0a/seed-1', 'lab/runs/chain/grpo-0a/seed-2'])
    expect(runsOfRow({ arm: 'chain/sft-1' }, { lab: 'lab', runs })).toEqual([])
  })

  test('finds them where the folder itself is the lab', () => {
    const own = [run('runs/chain/grpo-0a/seed-1', 'grpo', 1)]
    expect(runsOfRow({ arm: 'chain/grpo-0a' }, { lab: '.', runs: own })).toHaveLength(1)
  })
})
