// gradus lab: every arm once, interrupted and taken up again, and the same results from the folder alone.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Ended, gradus, lastingFilesOf, short, start, temporaryFolder, tinyBase, untilRows } from './gradus.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder, name)

const settings = [
  ...tinyBase({
    'schedule.steps': 60,
    'schedule.lr': 1e-2,
    batch: 32,
    'model.hiddenSize': 32,
    'model.feedForward': 32,
  }),
  ...short({ 'schedule.steps': 3, 'evaluation.every': 0, 'evaluation.samples': 2, 'evaluation.k': [1, 2] }),
]
const lab = (out: string, recipes: string, ...more: readonly string[]): string[] => [
  ...['lab', 'run', '--recipes', recipes, '--seeds', '2', '--out', out, '--json', ...more],
  ...settings,
]
interface Listed {
  readonly title: string
  readonly dir: string
  readonly standing: string
}
const listed = async (out: string): Promise<readonly Listed[]> =>
  JSON.parse((await gradus(...lab(out, 'reinforce,grpo', '--dry-run'))).out).runs

/** Without what depends on the speed of the machine and the place of the folder. */
const lasting = ({ out }: Ended): unknown =>
  JSON.parse(out, (key, value) => (['seconds', 'command', 'report'].includes(key) ? null : value))

let whole: Ended

beforeAll(async () => {
  whole = await gradus(...lab(at('whole'), 'reinforce,grpo'))
})

describe('gradus lab run', () => {
  it('runs every arm with every seed from one base, and prints one line of JSON', async () => {
    expect(whole.code, whole.err).toBe(0)
    expect(whole.out.trim().split('\n')).toHaveLength(1)
    const estimate = { value: expect.any(Number), low: expect.any(Number), high: expect.any(Number), n: 32 }
    const results = JSON.parse(whole.out)
    expect(results).toMatchObject({
      testbed: 'chain-arithmetic',
      seeds: [1, 2],
      missing: 0,
      testbeds: [{ id: 'chain-arithmetic', steps: 3, start: { 1: estimate, 2: estimate } }],
      claims: [{ recipe: 'reinforce' }, { recipe: 'grpo' }],
    })
    expect(results.rows).toHaveLength(2)
    const grpo = results.rows.find((row: { recipe: string }) => row.recipe === 'grpo')
    expect(grpo).toMatchObject({
      ...{ seeds: [1, 2], problems: 16, samples: 2, baseline: 'reinforce' },
      ...{ pass1: estimate, overStart: estimate, overBaseline: estimate, largestK: { k: 2, pass: estimate } },
      cost: { steps: 3 },
    })
    expect(whole.err).toMatch(/^5 runs, in /)
    expect(whole.err).toContain('run 1/5  base of chain-arithmetic\n')
    expect(whole.err).toContain('run 5/5  grpo seed 2\n')
    expect(readFileSync(at('whole/chain-arithmetic/report.md'), 'utf8')).toContain('| grpo | ')
  })

  it('has nothing to do a second time, and lists what is done with --dry-run', async () => {
    const runs = await listed(at('whole'))
    expect(runs.map(({ title, standing }) => `${standing}: ${title}`)).toEqual([
      'done: base of chain-arithmetic',
      ...[1, 2].flatMap((seed) => [`done: reinforce seed ${seed}`, `done: grpo seed ${seed}`]),
    ])
    const again = await gradus(...lab(at('whole'), 'reinforce,grpo'))
    expect(again.err).toMatch(/^5 runs, 5 of them done, in .*\n$/)
    expect(JSON.parse(again.out)).toEqual(JSON.parse(whole.out))
    const report = await gradus('lab', 'report', at('whole'), '--json')
    expect(report.code, report.err).toBe(0)
    expect(JSON.parse(report.out)).toEqual(JSON.parse(whole.out))
  })

  it('interrupted, goes on with the same command to the same results', async () => {
    const out = at('stopped')
    const runs = await listed(out)
    expect(existsSync(out)).toBe(false)
    const [, first] = runs
    const under = start(lab(out, 'reinforce,grpo'))
    await untilRows(first.dir, 2, under)
    under.child.kill('SIGINT')
    const stopped = await under.ended
    expect(stopped.code, stopped.err).toBe(3)
    expect(stopped.out).toBe('')
    expect(stopped.err).toContain('To go on: gradus lab run --recipes reinforce,grpo')
    const partial = await gradus('lab', 'report', out)
    expect(partial.out).toContain('grpo on chain-arithmetic, seed 2: to do')
    const resumed = await gradus(...lab(out, 'reinforce,grpo'))
    expect(resumed.code, resumed.err).toBe(0)
    expect(lasting(resumed)).toEqual(lasting(whole))
    for (const { dir } of runs) expect(lastingFilesOf(dir)).toEqual(lastingFilesOf(dir.replace(out, at('whole'))))
  })

  it('shows a run that fails, goes on with the others, and exits with 1', async () => {
    const out = at('failing')
    const [, first] = await listed(out)
    // Not a run, and not empty: it cannot be opened.
    mkdirSync(first.dir, { recursive: true })
    writeFileSync(join(first.dir, 'note'), '')
    const ended = await gradus(...lab(out, 'reinforce,grpo', '--quiet'))
    expect(ended.code).toBe(1)
    expect(ended.err).toContain('reinforce seed 1 failed')
    expect(ended.err).toContain('error[store/dir-not-empty]')
    expect(JSON.parse(ended.out)).toMatchObject({ missing: 1 })
  })

  it('exits with 4 when a claim cannot be held up and --check is given', async () => {
    // Its claim is about pass@128, of which two samples say nothing.
    const ended = await gradus(
      ...lab(at('checked'), 'limit-of-rlvr', '--testbed', 'countdown', '--seeds', '1', '--check', '--quiet'),
    )
    expect(ended).toMatchObject({ code: 4, err: '' })
    expect(JSON.parse(ended.out).claims).toMatchObject([{ testbed: 'countdown', outcome: 'not checked' }])
  })
})
