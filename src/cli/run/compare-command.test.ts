// gradus compare over run directories, labs and result files that were made by hand. Long because one set of them serves
// every test.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeScoredRun, samplesOf } from '../../compare/__fixtures__/scored-run.ts'
import { comparePaired, mcnemar, pairedProportions, wilsonInterval } from '../../eval/index.ts'
import { writeManifest } from '../../lab/index.ts'
import { listeningIo } from '../__fixtures__/listening-io.ts'
import { runProgram } from '../program.ts'
import { writeEvaluationFile } from './evaluation-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'gradus-compare-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

async function compare(...args: readonly string[]) {
  const io = listeningIo()
  const code = await runProgram(['compare', ...args], io, () => '1.2.3')
  return { code, out: io.results, err: io.errors }
}

const compared = async (...args: readonly string[]) => {
  const { code, out, err } = await compare(...args, '--json')
  expect(err).toBe('')
  expect(code).toBe(0)
  return JSON.parse(out)
}

/** `right` of `n` problems right, shifted by `from`. */
const some = (right: number, n: number, from = 0): string[] =>
  Array.from({ length: n }, (_, i) => ((i + from) % n < right ? 'r' : 'w'))

beforeAll(() => {
  makeScoredRun(at('a'), { evaluations: { 0: some(4, 40), 10: some(10, 40), 20: some(12, 40) } })
  makeScoredRun(at('b'), {
    config: { lr: 0.1 },
    evaluations: { 0: some(4, 40), 10: some(20, 40), 30: some(26, 40) },
  })
  makeScoredRun(at('c'), { evaluations: { 0: some(4, 40), 10: some(12, 40, 2) } })
  makeScoredRun(at('hot'), { temperature: 0.5, evaluations: { 10: some(20, 40) } })
  makeScoredRun(at('elsewhere'), { ids: (i) => `q${i}`, evaluations: { 10: some(20, 40) } })
  makeScoredRun(at('many'), { evaluations: { 10: ['rrrw', 'wwww', 'rrww', 'rww?', '????'] } })
  makeScoredRun(at('more'), { evaluations: { 10: ['rrrr', 'rwww', 'rrww', 'rrw?', 'rrrr'] } })
  for (const seed of [1, 2, 3]) {
    makeScoredRun(at(`low-${seed}`), { seed, evaluations: { 0: some(5, 30), 10: some(8, 30, seed) } })
    makeScoredRun(at(`high-${seed}`), {
      seed,
      config: { lr: 1 },
      evaluations: { 0: some(5, 30), 10: some(20, 30, seed) },
    })
  }
})

describe('gradus compare', () => {
  it('gives each run its value and its paired difference from the baseline', async () => {
    const found = await compared(at('a'), at('b'), '--baseline', at('a'))
    expect(found).toMatchObject({ metric: 'eval/sums/pass@1', baseline: at('a'), paired: true })
    expect(Object.keys(found.rows[0]).slice(0, 9)).toEqual([
      'run',
      'value',
      'low',
      'high',
      'n',
      'diff',
      'diff_low',
      'diff_high',
      'p',
    ])
    const [a, b] = found.rows
    const { value, low, high } = wilsonInterval(12, 40)
    expect(a).toMatchObject({
      run: at('a'),
      value,
      low,
      high,
      n: 40,
      diff: 0,
      diff_low: 0,
      diff_high: 0,
      p: 1,
      step: 20,
    })
    const difference = pairedProportions({ gained: 14, lost: 0, n: 40 })
    expect(b).toMatchObject({ run: at('b'), value: 26 / 40, n: 40, diff: 14 / 40, diff_low: difference.low })
    expect(b.p).toBe(mcnemar(14, 0).midP)
    expect(b.config_differences).toEqual([{ path: 'config.lr', before: 0.01, after: 0.1 }])
  })

  it('takes the baseline from anywhere in the list, or from outside of it', async () => {
    const last = await compared(at('b'), at('a'), '--baseline', at('a'))
    expect(last.rows.map((row: { run: string }) => row.run)).toEqual([at('a'), at('b')])
    const outside = await compared(at('b'), '--baseline', at('a'))
    expect(outside.rows).toEqual(last.rows)
    const first = await compared(at('b'), at('a'))
    expect(first.baseline).toBe(at('b'))
    expect(first.rows[1].diff).toBeCloseTo(-14 / 40, 12)
  })

  it('reads an earlier evaluation with @STEP', async () => {
    const { rows } = await compared(`${at('a')}@0`, at('a'))
    expect(rows.map((row: { value: number }) => row.value)).toEqual([0.1, 0.3])
  })

  it('corrects for several comparisons, and says so', async () => {
    const plain = await compared(at('a'), at('b'), at('c'), '--correction', 'none')
    const { rows, correction } = await compared(at('a'), at('b'), at('c'))
    expect(correction).toBe('holm')
    expect(rows[1].p).toBe(plain.rows[1].p)
    expect(rows[1].p_adjusted).toBe(2 * rows[1].p)
    expect(plain.rows[1].p_adjusted).toBe(plain.rows[1].p)
    const text = (await compare(at('a'), at('b'), at('c'))).out
    expect(text).toContain('p (Holm)')
    expect(text).toContain("Holm's")
  })

  it('leaves undecided samples out, and problems without any, and says how many', async () => {
    const { rows, notes } = await compared(at('many'), at('more'))
    expect(rows[0]).toMatchObject({ n: 4, without_number: 1, test: null })
    expect(rows[0].value).toBeCloseTo((3 / 4 + 0 + 1 / 2 + 1 / 3) / 4, 12)
    expect(rows[1]).toMatchObject({ n: 5, pairs: 4, test: 'sign-flip' })
    expect(rows[1].diff).toBeCloseTo((1 / 4 + 1 / 4 + 0 + 1 / 3) / 4, 12)
    expect(notes.join('\n')).toContain('1 problems have too few samples')
    expect(notes.join('\n')).toContain('over the 4 problems that both have')
  })

  it('compares on other measures, one line of JSON each, corrected together', async () => {
    const { out } = await compare(at('many'), at('more'), '--metric', 'pass@2', '--metric', 'eval/sums/maj@3', '--json')
    const [pass, maj] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(pass.metric).toBe('eval/sums/pass@2')
    // 3 of 4 right: never two wrong; 2 of 4: 1 - 1/6; 1 of 3: 2/3.
    expect(pass.rows[0].value).toBeCloseTo((1 + 0 + 5 / 6 + 2 / 3) / 4, 12)
    expect(maj.metric).toBe('eval/sums/maj@3')
    expect(pass.rows[1].p_adjusted).toBeGreaterThanOrEqual(pass.rows[1].p)
  })

  it('takes runs of several seeds as one row when asked', async () => {
    const runs = [1, 2, 3].flatMap((seed) => [at(`high-${seed}`), at(`low-${seed}`)])
    const { rows, baseline } = await compared(...runs, '--group', 'seeds', '--baseline', at('low-2'))
    expect(rows).toHaveLength(2)
    expect(rows[0].run).toBe(baseline)
    expect(rows[0]).toMatchObject({ seeds: [1, 2, 3], n: 30 })
    expect(rows[0].value).toBeCloseTo(8 / 30, 12)
    expect(rows[1].diff).toBeCloseTo(12 / 30, 12)
    const ofSeeds = (right: number) =>
      [1, 2, 3].map((seed) => some(right, 30, seed).map((letter) => (letter === 'r' ? 1 : 0)))
    const expected = comparePaired(ofSeeds(8), ofSeeds(20), { seed: 1, seedsPaired: true })
    expect(rows[1]).toMatchObject({ test: 'nested-bootstrap', p: expected.p, diff_low: expected.difference.low })
    // Without grouping each is its own row.
    expect((await compared(...runs)).rows).toHaveLength(6)
  })

  it('draws curves over what was spent, and reads them at the budget that all reached', async () => {
    const { curves, x } = await compared(at('a'), at('b'), '--x', 'sampled')
    expect(x).toBe('sampled')
    expect(curves[0].points.map((point: { x: number; value: number }) => [point.x, point.value])).toEqual([
      [0, 0.1],
      [100, 0.25],
      [200, 0.3],
    ])
    // b from 0.5 at 100 to 0.65 at 300, read at 200.
    expect(curves[0].at_budget).toEqual({ x: 200, value: 0.3 })
    expect(curves[1].at_budget.value).toBeCloseTo(0.575, 12)
    expect(curves[0].mean).toBeCloseTo((0.175 + 0.275) / 2, 12)
    const seconds = await compared(at('a'), at('b'), '--x', 'seconds')
    expect(seconds.curves[1].points.at(-1).x).toBe(15)
    const text = (await compare(at('a'), at('b'), '--x', 'trained')).out
    expect(text).toMatch(/[▁▂▃▄▅▆▇█]{3}/)
    expect(text).toContain('at 400 tokens')
  })

  it('writes a page with the table and the curves', async () => {
    const { err } = await compare(at('a'), at('b'), '--html', at('page.html'))
    expect(err).toContain('wrote')
    const page = readFileSync(at('page.html'), 'utf8')
    for (const part of ['eval/sums/pass@1', 'class="band', 'difference', 'config.lr']) expect(page).toContain(part)
  })

  it('says in --help what it takes', async () => {
    const { code, out } = await compare('--help')
    expect(code).toBe(0)
    for (const text of ['--baseline', '--json', '--quiet', '--unpaired', 'RUN@STEP']) expect(out).toContain(text)
  })

  it('prints Markdown, CSV and LaTeX', async () => {
    const markdown = (await compare(at('a'), at('b'), '--format', 'markdown')).out
    expect(markdown).toContain('| run | value [95 %] |')
    const csv = (await compare(at('a'), at('b'), '--format', 'csv')).out.trim().split('\n')
    expect(csv[0]).toBe(
      'metric,run,value,low,high,n,diff,diff_low,diff_high,p,p_adjusted,test,detectable,pairs,samples,step,protocol,without_number,seeds',
    )
    expect(csv[2].split(',').slice(0, 3)).toEqual(['eval/sums/pass@1', at('b'), '0.65'])
    const latex = (await compare(at('a'), at('b'), '--format', 'latex', '--quiet')).out
    expect(latex).toContain('\\toprule')
    expect(latex).toContain('95 \\%')
  })
})

describe('what was not measured alike', () => {
  it.each([
    ['hot', 'temperature: 1 -> 0.5'],
    ['elsewhere', '0 problems in common, of 40 and 40'],
    ['many', 'samples: 1 -> 4'],
  ])('is not paired: %s', async (name, why) => {
    const { code, out, err } = await compare(at('a'), at(name))
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain('error[data/protocols-differ]')
    expect(err).toContain(why)
    expect(err).toContain('--unpaired')
  })

  it('is compared with wider intervals when asked, and that is said', async () => {
    const { rows, paired } = await compared(at('a'), at('elsewhere'), '--unpaired')
    expect(paired).toBe(false)
    const [mine, theirs] = [wilsonInterval(20, 40), wilsonInterval(12, 40)]
    expect(rows[1].test).toBe('label-shuffle')
    expect(rows[1].diff).toBeCloseTo(0.2, 12)
    expect(rows[1].diff_low).toBeCloseTo(0.2 - Math.hypot(0.5 - mine.low, theirs.high - 0.3), 12)
    expect((await compare(at('a'), at('elsewhere'), '--unpaired')).out).toContain('UNPAIRED')
  })
})

describe('labs and files', () => {
  it('takes the recipes of a lab, over their finished seeds', async () => {
    const arm = (recipe: string, dir: string) => ({ testbed: 'toy', recipe, settings: {}, dir })
    for (const [recipe, right] of [
      ['grpo', 8],
      ['dapo', 20],
    ] as const) {
      for (const seed of [1, 2]) {
        makeScoredRun(at(`lab/toy/${recipe}/seed-${seed}`), { recipe, seed, evaluations: { 5: some(right, 30, seed) } })
      }
    }
    writeManifest(at('lab'), {
      schema: 1,
      at: '2026-01-01T00:00:00.000Z',
      command: '',
      testbed: 'toy',
      recipes: ['grpo', 'dapo'],
      seeds: [1, 2, 3],
      settings: {},
      testbeds: {},
      arms: { 'grpo on toy': arm('grpo', 'toy/grpo'), 'dapo on toy': arm('dapo', 'toy/dapo') },
      own: { grpo: 'grpo on toy', dapo: 'dapo on toy' },
      claims: [],
    })
    for (const path of [at('lab'), at('lab/toy')]) {
      const { rows, notes } = await compared(path, '--baseline', 'grpo')
      expect(rows.map((row: { run: string; seeds: number[] }) => [row.run, row.seeds])).toEqual([
        ['grpo', [1, 2]],
        ['dapo', [1, 2]],
      ])
      expect(rows[1].diff).toBeCloseTo(0.4, 12)
      expect(notes).toContain('dapo: 2 of 3 seeds are finished')
    }
  })

  it('takes as a baseline what a lab ran for a claim alone, which is no row by itself', async () => {
    const arm = (name: string, recipe: string) => ({ testbed: 'toy', recipe, settings: {}, dir: `toy/${name}` })
    for (const [name, right] of [
      ['grpo-1', 8],
      ['dapo-1', 20],
      ['rloo-1', 10],
      ['rloo-2', 12],
    ] as const)
      makeScoredRun(at(`claims/toy/${name}/seed-1`), {
        recipe: name.slice(0, 4),
        evaluations: { 5: some(right, 30, 1) },
      })
    writeManifest(at('claims'), {
      schema: 1,
      at: '2026-01-01T00:00:00.000Z',
      command: '',
      testbed: 'toy',
      recipes: ['dapo'],
      seeds: [1],
      settings: {},
      testbeds: {},
      arms: {
        'toy/dapo-1': arm('dapo-1', 'dapo'),
        'toy/grpo-1': arm('grpo-1', 'grpo'),
        'toy/rloo-1': arm('rloo-1', 'rloo'),
        'toy/rloo-2': arm('rloo-2', 'rloo'),
      },
      own: { dapo: 'toy/dapo-1' },
      claims: [],
    })
    const runs = async (name: string): Promise<unknown[]> => {
      const { rows } = await compared(at('claims'), '--baseline', name)
      return rows.map((row: { run: string }) => row.run)
    }
    expect(await runs('grpo')).toEqual(['grpo', 'dapo'])
    expect(await runs('toy/rloo-2')).toEqual(['toy/rloo-2', 'dapo'])
    const hint = 'They are: dapo. Run for claims: grpo, toy/rloo-1, toy/rloo-2.'
    for (const name of ['rloo', 'ppo']) expect((await compare(at('claims'), '--baseline', name)).err).toContain(hint)
    expect((await compare(at('claims'))).err).toContain('dapo stands alone')
  })

  it('reads files of gradus eval --out, and those of a run by their path', async () => {
    const conditions = { task: 'sums', n: 40, problems: 'x', k: [1], samples: 1, temperature: 1 }
    const result = { task: 'sums', n: 40, k: { 1: {} }, conditions }
    writeEvaluationFile(at('one.json'), result, samplesOf(some(10, 40)))
    writeEvaluationFile(at('two.json'), result, samplesOf(some(15, 40)))
    const { rows } = await compared(at('one.json'), at('two.json'))
    expect(rows[1]).toMatchObject({ run: at('two.json'), value: 15 / 40, diff: 5 / 40, seeds: [] })
    const ofRuns = await compared(at('a/evals/sums@20.json'), at('b/evals/sums@30.json'))
    expect(ofRuns.rows[1].value).toBe(0.65)
  })
})

describe('wrong usage and bad files', () => {
  beforeAll(() => {
    writeFileSync(at('bad.json'), '{"n": 3')
    writeFileSync(at('no-samples.json'), '{"n": 3, "k": {}}')
    writeFileSync(at('short.json'), '{"n": 3, "k": {}}')
    writeFileSync(at('short.samples.jsonl'), '{"problem":"a","verdict":"right"}\n{"problem":"b","verdict":"right"}\n')
    mkdirSync(at('empty'))
  })

  it.each<[readonly string[], string, string]>([
    [['a'], 'usage/nothing-to-compare', 'stands alone'],
    [['a', 'nowhere'], 'data/not-found', 'nowhere'],
    [['a', 'a@5'], 'data/no-evaluation', 'steps 0, 10, 20'],
    [['a', 'empty'], 'data/not-comparable', 'neither a run'],
    [['a', 'bad.json'], 'data/bad-evaluation', 'bad.json'],
    [['a', 'no-samples.json'], 'data/no-samples', 'no-samples.samples.jsonl'],
    [['a', 'short.json'], 'data/bad-evaluation', '3 problems'],
    [['a', 'b', '--metric', 'loss'], 'usage/bad-option', '--metric cannot be "loss"'],
    [['a', 'b', '--metric', 'eval/other/pass@1'], 'data/no-evaluation', 'no evaluation of other'],
    [['a', 'b', '--metric', 'pass@8'], 'data/no-metric', 'pass@8'],
    [['a', 'b', '--x', 'tokens'], 'usage/bad-option', 'sampled'],
    [['a', 'b', '--format', 'html'], 'usage/bad-option', 'latex'],
    [['a', 'b', '--baseline', 'zzz'], 'usage/no-such-baseline', 'They are'],
    [[], 'usage/missing-argument', 'run'],
  ])('%j', async (args, code, text) => {
    const names = ['a', 'b', 'nowhere', 'empty', 'a@5', 'bad.json', 'no-samples.json', 'short.json']
    const { code: exit, out, err } = await compare(...args.map((arg) => (names.includes(arg) ? at(arg) : arg)))
    expect(err).toContain(`error[${code}]`)
    expect(err).toContain(text)
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
  })

  it('refuses a page that cannot be written before it reads anything', async () => {
    for (const path of [at('empty'), at('bad.json/page.html')]) {
      const { code, out, err } = await compare(at('a'), at('nowhere'), '--html', path)
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain('--html cannot be')
    }
  })

  it('makes the folder of the page', async () => {
    expect((await compare(at('a'), at('b'), '--html', at('pages/one.html'))).code).toBe(0)
    expect(existsSync(at('pages/one.html'))).toBe(true)
  })
})
