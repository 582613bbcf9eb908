import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { findTestbed } from '../../lab/index.ts'
import { listeningIo } from '../__fixtures__/listening-io.ts'
import { runProgram } from '../program.ts'
import { labPlanner } from './lab-planner.ts'

const folder = mkdtempSync(join(tmpdir(), 'gradus-lab-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function lab(...args: readonly string[]) {
  const io = listeningIo()
  const code = await runProgram(['lab', ...args], io, () => '0')
  return { code, out: io.results, err: io.errors }
}

describe('gradus lab run', () => {
  it.each<readonly [string, string]>([
    ['--recipes grpoo', 'error[config/unknown-recipe]: there is no recipe "grpoo"; did you mean "grpo"?'],
    ['--testbed countdwn', 'error[config/unknown-testbed]: there is no testbed "countdwn"; did you mean "countdown"?'],
    ['--family prefrence', 'error[config/unknown-family]: there is no family "prefrence"; did you mean "preference"?'],
    ['--seeds 0', 'error[usage/bad-option]: --seeds cannot be "0": expected a whole number, 1 or more'],
    ['--set scedule.lr=1', 'error[config/unknown-key]: "scedule" is not a setting; did you mean "schedule"?'],
    ['--recipes grpo --set klCoef=-1', 'error[config/bad-value]: "klCoef" cannot be -1'],
    ['--recipes grpo --set schedule.steps=no', 'error[config/bad-value]: "schedule.steps" cannot be "no"'],
    ['--recipes grpo --set knobs.depth=1', 'error[config/unknown-key]: Task "chain-arithmetic" has no knob "depth"'],
    ['--recipes grpo --set base.model.layer=1', 'error[config/unknown-key]: "layer" is not a setting'],
    ['--recipes grpo --set base=1', 'error[config/bad-value]: "base" cannot be 1'],
    ['--recipes grpo --family preference', 'error[usage/recipes-or-family]'],
    ['--check --no-claims', 'error[usage/nothing-to-check]'],
  ])('refuses %s before anything runs', async (args, message) => {
    const out = join(folder, 'errors')
    const ended = await lab('run', '--out', out, ...args.split(' '))
    expect(ended.err).toContain(message)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(existsSync(out)).toBe(false)
  })

  it('refuses a file for a folder', async () => {
    writeFileSync(join(folder, 'file'), '')
    const ended = await lab('run', '--recipes', 'grpo', '--out', join(folder, 'file'))
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining('error[usage/not-a-folder]') })
  })

  it('takes every recipe that trains when none is named, and those of a family', async () => {
    const recipesOf = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { out } = await lab('run', '--dry-run', '--json', '--no-claims', '--seeds', '1', ...args)
      const { runs } = JSON.parse(out) as { runs: readonly { title: string }[] }
      return runs.map(({ title }) => title)
    }
    const all = await recipesOf()
    expect(all).toEqual(expect.arrayContaining(['base of chain-arithmetic', 'sft seed 1', 'grpo seed 1']))
    expect(all).not.toContain('limit-of-rlvr seed 1')
    expect(await recipesOf('--family', 'preference')).toEqual([
      ...['base of chain-arithmetic', 'dpo seed 1', 'rollout-dpo seed 1'],
    ])
  })
})

describe('gradus lab report', () => {
  it('says when there is no lab', async () => {
    const ended = await lab('report', join(folder, 'nowhere'))
    expect(ended).toMatchObject({ code: 2, out: '', err: expect.stringContaining('error[usage/no-lab]') })
  })
})

describe('plans of the lab', () => {
  const testbed = { ...findTestbed('chain-arithmetic'), tokens: 777, steps: 9, recipe: { rollout: { samples: 3 } } }
  const planner = labPlanner({
    schedule: { lr: 0.5 },
    rollout: { problems: 2 },
    base: { batch: 4, model: { layers: 1 } },
  })

  it('lay --set over the arm, the arm over the testbed, and the testbed over the task', () => {
    const settings = { schedule: { lr: 0.1 }, rollout: { samples: 5, problems: 7 } }
    const own = planner.arm(testbed, { recipe: 'grpo', settings }, 4)
    expect(own).toMatchObject({ recipe: 'grpo', seed: 4, model: null, shape: null, base: null })
    expect(own.config).toMatchObject({
      schedule: { tokens: 777, steps: 9, lr: 0.5, shape: { kind: 'warmup-stable-decay' } },
      rollout: { samples: 5, problems: 2 },
    })
    expect(planner.arm(testbed, { recipe: 'grpo' }, 4).config).toMatchObject({ rollout: { samples: 3 } })
  })

  it('leave out what a recipe does not have of both, but nothing of an arm', () => {
    expect(planner.arm(testbed, { recipe: 'dpo' }, 1).config).not.toHaveProperty('rollout')
    const wrong = { recipe: 'dpo', settings: { rollout: { samples: 2 } } }
    expect(() => planner.arm(testbed, wrong, 1)).toThrow('"rollout" is not a setting')
  })

  it('make the base with its own settings, shape and the problems of the recipes', () => {
    const base = labPlanner({ knobs: { level: 2 }, base: { batch: 4, model: { layers: 1 } } }).base(testbed)
    expect(base).toMatchObject({ recipe: 'sft', seed: 1, model: null, base: null, shape: { layers: 1 } })
    expect(base.config).toMatchObject({ batch: 4, knobs: { level: 2 }, schedule: { steps: 600 } })
  })
})
