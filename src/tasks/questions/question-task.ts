// A task whose problems come from rows with a question and its gold answer, judged by the mathematical verifier. It makes
// no problems of its own. What a data set calls its columns is told by `columns`; it knows no data set.
import { z } from 'zod'
import { GradusError } from '../../base/error.ts'
import type { Json } from '../../base/json.ts'
import type { Rng } from '../../base/rng.ts'
import type { Problem, Split, Task, Trace, Verdict } from '../../contracts/index.ts'
import type { MathChoice } from '../../verify/math/presets.ts'
import { verifyMath } from '../../verify/math/verify-math.ts'
import { unknownStyle } from '../unknown-style.ts'
import { failed, right, wrong } from '../verdict.ts'

const styles = ['solution', 'direct', 'direct-wrong'] as const

/** What the prompt asks for beside the question; the form that the verifier looks for first. */
export const boxInstruction = 'Please reason step by step, and put your final answer within \\boxed{}.'

/** How a data set's rows become problems. */
export interface QuestionTask {
  /** Kebab-case. */
  readonly id: string
  readonly summary: string
  readonly tags: readonly string[]
  /** Columns that may hold the question, first found first. */
  readonly question?: readonly string[]
  /** Columns that may hold the gold answer. */
  readonly answer?: readonly string[]
  /** Columns that may hold a worked solution. */
  readonly solution?: readonly string[]
  /** The gold answers in what the answer column holds; several: any will do. Default: it as it is. */
  golds?(value: unknown, row: Readonly<Record<string, unknown>>): readonly string[]
  /** The worked solution as a model should write it, without the answer's own marks. */
  worked?(solution: string): string
  /** The level; default: the whole number in column `level` (`Level 3` is 3). */
  level?(row: Readonly<Record<string, unknown>>): number | undefined
  /** How answers are compared; default the preset `gradus`. */
  readonly compare?: MathChoice
}

const printable = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')

/** The task of such rows; `problem()` refuses, since there is nothing to draw. */
export function questionTask(about: QuestionTask): Task {
  const { id, summary, tags, question = ['problem', 'question', 'prompt'], answer = ['answer'], compare } = about
  const solutions = about.solution ?? ['solution', 'reasoning', 'completion']

  function fromRow(row: Readonly<Record<string, unknown>>, split: Split): Problem {
    const asked = requireText(row, question, id)
    const golds = (about.golds ?? plainGolds)(requireValue(row, answer, id), row).filter((gold) => gold.trim() !== '')
    if (golds.length === 0) throw badField(answer[0], 'holds no answer', id)
    const written = solutions
      .map((name) => lastTurn(row[name], 'assistant'))
      .find((value) => typeof value === 'string' && value !== '')
    const level = about.level === undefined ? levelOf(row.level) : about.level(row)
    return {
      id: String(row.id),
      task: id,
      split,
      prompt: `${asked.trim()}\n${boxInstruction}\n`,
      answer: golds[0],
      ...(level !== undefined && { level }),
      meta: {
        question: asked.trim(),
        golds,
        ...(typeof written === 'string' && { solution: about.worked?.(written) ?? written }),
        ...(typeof row.source === 'string' && { source: row.source }),
        ...(typeof row.lang === 'string' && { lang: row.lang }),
      },
    }
  }

  function verify(problem: Problem, completion: string): Verdict {
    const golds = goldsOf(problem)
    if (golds.length === 0) return failed('the problem holds no gold answer')
    const { equal, reason, extracted } = verifyMath(golds, completion, compare)
    const parts = { parts: { form: extracted === undefined ? 0 : 1 } }
    if (equal === null) return { kind: 'undecided', score: 0, reason, ...parts }
    return equal ? right(reason, parts) : wrong(reason, parts)
  }

  function direct(problem: Problem): string {
    const [gold] = goldsOf(problem)
    if (gold !== undefined) return boxed(gold)
    throw new GradusError('data/bad-problem', `Problem "${problem.id}" holds no gold answer.`, {
      hint: `Only problems read by task "${id}" can be solved by it.`,
    })
  }

  function solve(problem: Problem): string {
    const { solution } = problem.meta
    const final = direct(problem)
    if (typeof solution !== 'string') return final
    // A solution that states its answer in a form the verifier finds is left as it is.
    return verify(problem, solution).kind === 'right' ? solution : `${solution.trim()}\nThe final answer is ${final}.`
  }

  function traces(problem: Problem, style: string, rng: Rng): readonly Trace[] {
    const trace = (text: string, isRight: boolean): readonly Trace[] => [
      { text, answer: problem.answer, origin: isRight ? 'human' : 'oracle', right: isRight },
    ]
    switch (style as (typeof styles)[number]) {
      case 'solution':
        return trace(solve(problem), true)
      case 'direct':
        return trace(direct(problem), true)
      case 'direct-wrong':
        return trace(boxed(otherAnswer(goldsOf(problem), rng)), false)
      default:
        throw unknownStyle(id, style, styles)
    }
  }

  return {
    id,
    summary,
    tags: ['dataset', ...tags],
    levels: [],
    knobs: z.object({}),
    alphabet: `${printable}\n`,
    styles,
    chance: () => 0,
    problem() {
      throw new GradusError('usage/needs-data', `Task "${id}" has no problems of its own.`, {
        hint: 'Name a file or folder of its rows with --data.',
      })
    },
    content: ({ meta, prompt }) => String(meta.question ?? prompt),
    solve,
    verify,
    traces,
    fromRow,
  }
}

function boxed(answer: string): string {
  return `\\boxed{${answer}}`
}

function goldsOf(problem: Problem): readonly string[] {
  const { golds } = problem.meta
  return Array.isArray(golds) ? golds.filter((gold: Json): gold is string => typeof gold === 'string') : []
}

/** A whole number that is no gold answer. */
function otherAnswer(golds: readonly string[], rng: Rng): string {
  for (;;) {
    const guess = String(rng.int(1000))
    if (golds.every((gold) => verifyMath(gold, boxed(guess)).equal === false)) return guess
  }
}

function plainGolds(value: unknown): readonly string[] {
  const values = Array.isArray(value) ? value : [value]
  return values.filter((item) => typeof item === 'string' || typeof item === 'number').map(String)
}

function levelOf(value: unknown): number | undefined {
  const digits = /^(?:level )?([0-9]{1,3})$/i.exec(String(value ?? ''))
  return digits === null ? undefined : Number(digits[1])
}

function badField(name: string, what: string, id: string): GradusError {
  return new GradusError('data/bad-row', `Column "${name}" ${what}.`, {
    hint: `Rows of task "${id}" hold a question and its answer; tell other names with --columns ${name}=COLUMN, or ${name}=COLUMN.FIELD for a field inside of one.`,
  })
}

function requireValue(row: Readonly<Record<string, unknown>>, names: readonly string[], id: string): unknown {
  const name = names.find((candidate) => row[candidate] !== undefined && row[candidate] !== null)
  if (name !== undefined) return row[name]
  const present = Object.keys(row).filter((key) => key !== 'id')
  const known = present.length === 0 ? '' : ` (the row has: ${present.slice(0, 20).join(', ')})`
  throw badField(names[0], `is missing${known}`, id)
}

function requireText(row: Readonly<Record<string, unknown>>, names: readonly string[], id: string): string {
  const value = requireValue(row, names, id)
  const text = lastTurn(value, 'user')
  if (typeof text === 'string' && text.trim() !== '') return text
  throw badField(names[0], 'is not a text', id)
}

/** What was said last by one side of a conversation, TRL's form of a text; any other value as it is. */
export function lastTurn(value: unknown, role: 'user' | 'assistant'): unknown {
  if (!Array.isArray(value)) return value
  const said = value.filter((turn) => (turn as { role?: unknown } | null)?.role === role).at(-1)
  return (said as { content?: unknown } | undefined)?.content
}
