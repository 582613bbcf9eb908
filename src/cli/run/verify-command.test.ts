import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { listeningIo } from '../__fixtures__/listening-io.ts'
import { runProgram } from '../program.ts'

const folder = mkdtempSync(join(tmpdir(), 'gradus-verify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, ...rows: readonly (object | string)[]): string {
  const path = join(folder, name)
  writeFileSync(path, rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join(''))
  return path
}

async function verify(...args: readonly string[]) {
  const io = listeningIo()
  const code = await runProgram(['verify', ...args], io, () => '1.2.3')
  return { code, out: io.results, err: io.errors }
}

const lines = (out: string): unknown[] =>
  out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('one pair', () => {
  it('is told in words, and an unequal one is no failure', async () => {
    const right = await verify('--gold', '\\frac{3}{4}', '--pred', 'It is \\boxed{0.75}.')
    expect(right).toMatchObject({ code: 0, err: '' })
    expect(right.out).toMatch(/^equal: .+\n {2}gold {8}3\/4\n {2}prediction {2}0\.75\n {2}taken from {2}box: 0\.75\n$/)
    const wrong = await verify('--gold', '5', '--pred', '6')
    expect(wrong.code).toBe(0)
    expect(wrong.out).toMatch(/^different: /)
  })

  it('is one object with --json', async () => {
    const { out, err } = await verify('--gold', '5', '--pred', 'The answer is 5.', '--json')
    expect(JSON.parse(out)).toMatchObject({ equal: true, gold: '5', extracted: { text: '5', how: 'answer-is' } })
    expect(err).toBe('')
  })

  it('follows the preset and its changes', async () => {
    const equal = async (...args: string[]) => JSON.parse((await verify(...args, '--json')).out).equal
    const pair = ['--gold', '0.5', '--pred', '\\boxed{1/2}']
    expect(await equal(...pair, '--preset', 'hendrycks-math')).toBe(true)
    expect(await equal(...pair, '--preset', 'minerva')).toBe(false)
    expect(await equal('--gold', '0.5', '--pred', '50%', '--set', 'percent=value')).toBe(true)
    expect(await equal('--gold', '50', '--pred', '50%', '--set', 'percent=value')).toBe(false)
  })

  it('runs under a kill timer when asked', async () => {
    const { out } = await verify('--gold', '5', '--pred', '5', '--timeout', '20000', '--json')
    expect(JSON.parse(out).equal).toBe(true)
  })
})

describe('a file of pairs', () => {
  const rows = [
    { id: 1, gold: '1/2', pred: '0.5' },
    { problem: '2+3?', gold: 5, completion: 'So the answer is 6.', meta: { a: [1, 2] } },
    '  {"gold": ["3", "4"], "pred": "\\\\boxed{4}", "big": 12345678901234567890, "float": 1.50}  ',
    '',
    { gold: '', pred: '5' },
    { gold: '7', pred: null },
    { gold: '7', pred: '7', equal: 'old', reason: 'old' },
  ]

  it('comes back in order, every field kept, with verdicts', async () => {
    const { code, out, err } = await verify('--file', file('pairs.jsonl', ...rows))
    expect(code).toBe(0)
    expect(lines(out)).toMatchObject([
      { id: 1, gold: '1/2', pred: '0.5', equal: true },
      { problem: '2+3?', gold: 5, completion: 'So the answer is 6.', meta: { a: [1, 2] }, equal: false },
      { gold: ['3', '4'], equal: true },
      { equal: null, reason: 'the gold answer is empty' },
      { equal: false, reason: 'no answer: the text is empty' },
      { gold: '7', pred: '7', equal: true },
    ])
    expect(out).toContain('"big": 12345678901234567890, "float": 1.50,"equal":true')
    expect(err).toMatch(/^6 pairs: 3 equal, 2 different, 1 undecided; .* pairs\/s\n$/)
  })

  it('says nothing on stderr with --quiet or --json', async () => {
    const path = file('few.jsonl', { gold: '1', pred: '1' })
    for (const flag of ['--quiet', '--json']) expect((await verify('--file', path, flag)).err).toBe('')
  })

  it('keeps the order over many batches and threads', async () => {
    const many = Array.from({ length: 1500 }, (_, i) => ({ i, gold: String(i), pred: String(i % 2 ? i : i + 1) }))
    const { out } = await verify('--file', file('many.jsonl', ...many), '--workers', '2', '--quiet')
    const back = lines(out) as { i: number; equal: boolean }[]
    expect(back.map(({ i }) => i)).toEqual(many.map(({ i }) => i))
    expect(back.every(({ i, equal }) => equal === (i % 2 === 1))).toBe(true)
  })

  const good = { gold: '1', pred: '1' }
  it.each<[string, readonly (object | string)[], string, string]>([
    ['not JSON', [good, '{"gold": '], 'data/bad-row', ':2: not JSON'],
    ['no object', [good, '', '[1]'], 'data/bad-row', ':3: not a JSON object'],
    ['no gold', [{ pred: '1' }], 'data/bad-row', ':1: "gold" cannot be missing'],
    ['bad gold', [{ gold: { a: 1 }, pred: '1' }], 'data/bad-row', ':1: "gold" cannot be {"a":1}'],
    ['no gold in the list', [{ gold: [], pred: '1' }], 'data/bad-row', ':1: "gold" cannot be []'],
    ['a number with lost digits', ['{"gold": 12345678901234567890, "pred": "1"}'], 'data/bad-row', 'expected a text'],
    ['no prediction', [{ gold: '1' }], 'data/bad-row', 'neither "pred" nor "completion"'],
    ['a bad prediction', [{ gold: '1', completion: true }], 'data/bad-row', '"completion" cannot be true'],
    ['no rows', [], 'data/empty-file', 'holds no rows'],
  ])('%s is an error with its line and no output', async (name, bad, code, text) => {
    const ended = await verify('--file', file(`bad ${name}.jsonl`, ...bad))
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`error[${code}]: `)
    expect(ended.err).toContain(text)
  })
})

describe('wrong usage', () => {
  it.each<[readonly string[], string, string]>([
    [[], 'usage/no-pair', '--gold is missing'],
    [['--gold', '1'], 'usage/no-pair', '--pred is missing'],
    [['--gold', '1', '--file', 'x'], 'usage/pair-or-file', 'exclude'],
    [['--file', 'no-such-file.jsonl'], 'data/not-found', 'no-such-file.jsonl'],
    [['--gold', '1', '--pred', '1', '--preset', 'hendriks-math'], 'config/unknown-preset', '"hendrycks-math"'],
    [['--gold', '1', '--pred', '1', '--set', 'percnt=value'], 'config/unknown-key', '"percent"'],
    [['--gold', '1', '--pred', '1', '--set', 'percent=50'], 'config/bad-value', 'ignore, value, either'],
    [['--gold', '1', '--pred', '1', '--timeout', '0'], 'usage/bad-option', '--timeout'],
  ])('%j', async (args, code, text) => {
    const ended = await verify(...args)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`error[${code}]: `)
    expect(ended.err).toContain(text)
  })
})
