import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { readDataset } from '../dataset.ts'
import { questionTasks } from './catalog.ts'

const task = (id: string) => {
  const found = questionTasks.find((candidate) => candidate.id === id)
  if (found?.fromRow === undefined) throw new Error(`no task ${id}`)
  return { ...found, fromRow: found.fromRow }
}
const refusal = (code: string, text: string) =>
  expect.objectContaining({ code, message: expect.stringContaining(text), hint: expect.stringMatching(/./) })

describe('question tasks', () => {
  it('reads a GSM8K row as published: the answer after ####, the marks left out', () => {
    const answer = 'She sold 48/2 = <<48/2=24>>24 clips.\nThat is <<1000+24=1024>>1024.\n#### 1,024'
    const problem = task('gsm8k').fromRow({ id: 'a', question: 'How many?', answer }, 'test')
    expect(problem).toMatchObject({ id: 'a', split: 'test', answer: '1024' })
    expect(problem.prompt).toMatch(/^How many\?\n.*\\boxed\{\}\.\n$/)
    expect(problem.meta.solution).toBe('She sold 48/2 = 24 clips.\nThat is 1024.')
    expect(task('gsm8k').verify(problem, task('gsm8k').solve(problem))).toMatchObject({ kind: 'right', score: 1 })
    expect(task('gsm8k').verify(problem, 'So it is \\boxed{1025}.')).toMatchObject({ kind: 'wrong', score: 0 })
    expect(task('gsm8k').verify(problem, '')).toMatchObject({ kind: 'wrong', parts: { form: 0 } })
  })

  it('takes the answer of a MATH row as published from its last box, and its level', () => {
    const row = {
      id: 'm',
      problem: 'x?',
      level: 'Level 4',
      solution: 'First \\boxed{2}, so $x=\\boxed{\\frac{3}{4}}$.',
    }
    const problem = task('math').fromRow(row, 'train')
    expect(problem.level).toBe(4)
    expect(task('math').verify(problem, '\\boxed{0.75}')).toMatchObject({ kind: 'right' })
    expect(task('math').verify(problem, '\\boxed{2}')).toMatchObject({ kind: 'wrong' })
  })

  it('takes several answers of OlympiadBench together, or any of them, as the row says', () => {
    const several = task('olympiadbench').fromRow(
      { id: 'o', problem: 'x?', answers: ['1', '3'], multiple: true },
      'test',
    )
    expect(task('olympiadbench').verify(several, '\\boxed{3, 1}')).toMatchObject({ kind: 'right' })
    expect(task('olympiadbench').verify(several, '\\boxed{3}')).toMatchObject({ kind: 'wrong' })
  })

  it("reads TRL's conversational prompts", () => {
    const prompt = [
      { role: 'system', content: 's' },
      { role: 'user', content: '1+1?' },
    ]
    expect(task('questions').fromRow({ id: 't', prompt, ground_truth: 2 }, 'train').prompt).toMatch(/^1\+1\?\n/)
  })

  it("reads the shapes of TRL's data sets", () => {
    const ask = { role: 'user', content: '1+1?' }
    const say = (content: string) => ({ role: 'assistant', content })
    const work = 'One more than one: \\boxed{2}.'
    const rows = [
      { prompt: '1+1?', solution: '2' },
      { prompt: [{ role: 'system', content: 's' }, ask], solution: work },
      { prompt: [ask], completion: [say(work)] },
      { prompt: '1+1?', completion: 'It is two.\n#### 2' },
      { messages: [ask, say(work)] },
      { prompt: [ask], chosen: [say(work)], rejected: [say('\\boxed{3}')] },
    ]
    for (const row of rows) {
      const problem = task('trl').fromRow({ id: 't', ...row }, 'train')
      expect(problem.prompt).toMatch(/^1\+1\?\n/)
      expect(task('trl').verify(problem, 'So \\boxed{2}')).toMatchObject({ kind: 'right' })
      expect(task('trl').verify(problem, 'So \\boxed{3}')).toMatchObject({ kind: 'wrong' })
      expect(task('trl').verify(problem, String(task('trl').solve(problem)))).toMatchObject({ kind: 'right' })
    }
    const unanswered = { id: 't', prompt: [ask], completion: [{ role: 'tool', content: 'x' }] }
    expect(() => task('trl').fromRow(unanswered, 'train')).toThrow(refusal('data/bad-row', 'no answer'))
  })

  it('writes traces that are what they say', () => {
    const problem = task('questions').fromRow({ id: 'q', problem: 'x?', answer: '7' }, 'train')
    for (const style of task('questions').styles) {
      for (const trace of task('questions').traces(problem, style, stream('t', style))) {
        expect(task('questions').verify(problem, trace.text)).toMatchObject({ kind: trace.right ? 'right' : 'wrong' })
      }
    }
    expect(() => task('questions').traces(problem, 'x', stream('t'))).toThrow(refusal('config/unknown-style', '"x"'))
  })

  it('names the column that is missing or wrong, and refuses to make problems up', () => {
    const { fromRow } = task('questions')
    expect(() => fromRow({ id: 'a', answer: '1' }, 'train')).toThrow(refusal('data/bad-row', '"problem"'))
    expect(() => fromRow({ id: 'a', problem: 'x' }, 'train')).toThrow(refusal('data/bad-row', '"answer"'))
    expect(() => fromRow({ id: 'a', problem: 3, answer: '1' }, 'train')).toThrow(refusal('data/bad-row', 'not a text'))
    expect(() => fromRow({ id: 'a', problem: 'x', answer: ' ' }, 'train')).toThrow(refusal('data/bad-row', 'no answer'))
    expect(() => task('gsm8k').problem('train', 0)).toThrow(refusal('usage/needs-data', 'gsm8k'))
  })
})

const shared = join(import.meta.dirname, '../../../../shared/data')
const files: readonly (readonly [string, string])[] = [
  ['gsm8k', 'gsm8k-test.jsonl'],
  ['math', 'math-train-sample.jsonl'],
  ['one-shot-rlvr', 'oneshot-dsr-sub.jsonl'],
  ['one-shot-rlvr', 'oneshot-pi.jsonl'],
  ['aime', 'samples/aime-2021-2023.jsonl'],
  ['amc', 'samples/amc-2022.jsonl'],
  ['olympiadbench', 'samples/olympiadbench.jsonl'],
  ['svamp', 'samples/svamp.jsonl'],
  ['mgsm', 'samples/mgsm.jsonl'],
  ['cmath', 'samples/cmath.jsonl'],
  ['questions', 'samples/college-math-ccby.jsonl'],
]

/** Their gold answers miss a brace, so that nothing can be a box around them. */
const broken = new Set(['math-train-06811', 'dsr-sub-1187'])

// Only where the rows lie beside the project, which ships none of them.
const describeWithRows = existsSync(shared) ? describe : undefined
describeWithRows?.('public rows', () => {
  it.each(files)('%s reads %s; every boxed gold is right, garbage and no answer are wrong', async (id, file) => {
    const reader = task(id)
    const problems = await readDataset(join(shared, file), reader)
    const bad: string[] = []
    for (const problem of problems.filter((row) => !broken.has(row.id))) {
      const verdicts = [`\\boxed{${problem.answer}}`, '', 'I do not know.', '\\boxed{}'].map(
        (text) => (reader.verify(problem, text) as { kind: string }).kind,
      )
      if (verdicts.join() !== 'right,wrong,wrong,wrong') bad.push(`${problem.id} ${problem.answer}: ${verdicts}`)
    }
    expect(bad).toEqual([])
  })
})
