import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { listeningIo } from '../__fixtures__/listening-io.ts'
import { runProgram } from '../program.ts'

const folder = mkdtempSync(join(tmpdir(), 'gradus-tasks-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function file(name: string, rows: readonly object[]): string {
  const path = join(folder, name)
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return path
}

async function tasks(...args: readonly string[]) {
  const io = listeningIo()
  const code = await runProgram(['tasks', ...args], io, () => '1.2.3')
  return { code, out: io.results, err: io.errors }
}

const ids = (out: string): unknown[] =>
  out
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).id)

const question = (id: string, text: string, answer = '17') => ({ id, question: text, answer })
const rows = file('rows.jsonl', [
  question('a', 'How many apples do the two old farmers have left in May?'),
  question('b', 'how many apples do the two old farmers have left in may'),
  question('c', 'How many pears does she buy at the market on Monday morning?', '23'),
])

describe('tasks ls and show', () => {
  it('lists tasks that make problems and tasks that read them', async () => {
    const listed = JSON.parse((await tasks('ls', '--json')).out) as { id: string; needsData: boolean }[]
    expect(listed.filter(({ needsData }) => !needsData).length).toBeGreaterThanOrEqual(40)
    expect(listed.find(({ id }) => id === 'gsm8k')).toMatchObject({ needsData: true })
  })

  it('shows the rules of a family, and a data set without inventing an example', async () => {
    expect((await tasks('show', 'gsm-dag')).out).toContain('rules')
    const { code, out } = await tasks('show', 'gsm8k')
    expect(code).toBe(0)
    expect(out).not.toContain('example')
  })
})

describe('tasks sample', () => {
  it('takes a knob under both of its spellings', async () => {
    const texts = await Promise.all(
      ['modulus=7', 'knobs.modulus=7'].map(async (knob) => tasks('sample', 'chain-arithmetic', '--set', knob)),
    )
    expect(texts[0]).toMatchObject({ code: 0, out: expect.stringContaining('7') })
    expect(texts[1]).toEqual(texts[0])
  })

  it('reads rows, under other names of columns too', async () => {
    const { code, out } = await tasks('sample', 'gsm8k', '--data', rows, '--n', '2', '--json')
    expect([code, ids(out)]).toEqual([0, ['a', 'b']])
    const other = file('other.jsonl', [{ id: 'x', frage: 'Was?', loesung: '3' }])
    const mapped = await tasks('sample', 'questions', '--data', other, '--columns', 'problem=frage,answer=loesung')
    expect(mapped.out).toContain('\\boxed{3}')
    expect((await tasks('sample', 'questions', '--data', other)).err).toContain('error[data/bad-row]')
    expect((await tasks('sample', 'questions', '--data', other, '--columns', 'frage')).code).toBe(2)
  })

  it('leaves out repeats and what a test set asks, and says how many', async () => {
    const tests = file('test.jsonl', [question('t', 'How many pears does she buy at the market on Monday morning?')])
    const { out, err } = await tasks('sample', 'gsm8k', '--data', rows, '--dedup', '--against', tests, '--json')
    expect(ids(out)).toEqual(['a'])
    expect(err).toContain('1 of 3 repeat an earlier one: b as a')
    expect(err).toContain('1 of 2 are asked by')
  })

  it('counts what is left of all rows, not of the first', async () => {
    const numbers = ['2', '3', '4', '5'].map((n, i) =>
      question(`n${i}`, `A pen costs ${n} euros. What do 7 pens cost?`),
    )
    const path = file('pens.jsonl', [...numbers, question('z', 'How many days are three weeks?')])
    const { out, err } = await tasks('sample', 'gsm8k', '--data', path, '--templates', '--n', '2', '--json')
    expect(ids(out)).toEqual(['n0', 'z'])
    expect(err).toContain('3 of 5 repeat an earlier one')
  })

  it('asks for a file where a task has no problems of its own', async () => {
    expect(await tasks('sample', 'gsm8k')).toMatchObject({ code: 2, err: expect.stringContaining('--data') })
  })

  it('wraps a task by its id', async () => {
    const { code, out } = await tasks('sample', 'chain-sum+noise', '--n', '1', '--json')
    expect([code, JSON.parse(out).task]).toEqual([0, 'chain-sum+noise'])
    expect((await tasks('sample', 'chain-sum+nois')).err).toContain('Did you mean "noise"?')
  })
})

describe('tasks check', () => {
  it('checks the verifier on rows', async () => {
    const { code, out } = await tasks('check', 'gsm8k', '--data', rows, '--json')
    expect([code, JSON.parse(out).ok]).toEqual([0, true])
    const { code: failed, err } = await tasks(
      'check',
      'questions',
      '--data',
      file('bad.jsonl', [question('a', 'x?', '\\frac{1')]),
    )
    expect(failed).toBe(4)
    expect(err).toContain('failed')
  })
})
