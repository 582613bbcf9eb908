// Makes a Task out of a Task and what a wrapper changes in it. A wrapped problem keeps the problem that decides in
// `meta.inner`; what a wrapper does not change is asked of the inner task about that problem. It knows no wrapper.
import { z } from 'zod'
import { GradusError, messageOf } from '../../base/error.ts'
import { canonicalJson, type Json } from '../../base/json.ts'
import type { Rng } from '../../base/rng.ts'
import { stream } from '../../base/rng.ts'
import type { Knobs, Problem, Split, Task, Trace, Verdict } from '../../contracts/index.ts'
import { readKnobs } from '../read-knobs.ts'
import { problemId } from '../split-by-content.ts'
import { failed } from '../verdict.ts'

/** What is asked for. */
export interface Ask<O> {
  readonly split: Split
  readonly index: number
  /** What was given for the inner task. */
  readonly knobs: Knobs
  /** The wrapper's own knobs. */
  readonly own: O
  readonly rng: Rng
}

/** What a wrapper makes of it. */
export interface Drawn {
  readonly prompt: string
  readonly answer: string | undefined
  readonly inner: Problem
  readonly meta?: Readonly<Record<string, Json>>
  readonly parents?: readonly string[]
}

/** What a wrapper changes. */
export interface Wrapping<O> {
  /** Kebab-case; the id becomes `<task>+<name>`. */
  readonly name: string
  readonly summary: string
  /** What the wrapper does to prompt and answer; the inner rules follow. */
  readonly rules: string
  readonly tags?: readonly string[]
  /** Knobs of its own, each with a description and a default. */
  readonly knobs?: z.ZodRawShape
  /** The alphabet where it is not the inner task's. */
  readonly alphabet?: string
  /** The levels that it fits; default: all. */
  readonly levels?: readonly number[]
  readonly styles?: readonly string[]
  readonly chance?: (level: number) => number
  readonly draw: (ask: Ask<O>) => Drawn
  /** Whether problems ask the same when their inner problems do; otherwise when their prompts are equal. */
  readonly contentOfInner?: boolean
  readonly solve?: (problem: Problem, inner: Problem) => string
  readonly verify?: (
    problem: Problem,
    inner: Problem,
    completion: string,
    signal?: AbortSignal,
  ) => Verdict | Promise<Verdict>
  readonly traces?: (problem: Problem, inner: Problem, style: string, rng: Rng) => readonly Trace[]
}

/** The wrapped task. */
export function wrappedTask<O>(inner: Task, wrapping: Wrapping<O>): Task {
  const id = `${inner.id}+${wrapping.name}`
  const ownKnobs = wrapping.knobs ?? {}
  const knobs = z.object({ ...inner.knobs.shape, ...ownKnobs })

  function innerOf(problem: Problem): Problem {
    const kept = problem.meta.inner
    if (problem.task === id && kept !== undefined) return kept as unknown as Problem
    throw new GradusError('data/bad-problem', `Problem "${problem.id}" was not made by task "${id}".`, {
      hint: 'Give it to the task that made it.',
    })
  }

  function problem(split: Split, index: number, given: Knobs = {}): Problem {
    const read = readKnobs(id, knobs, given) as Record<string, unknown>
    const isOwn = (key: string): boolean => key in ownKnobs
    const own = Object.fromEntries(Object.entries(read).filter(([key]) => isOwn(key))) as O
    const rest = Object.fromEntries(Object.entries(given).filter(([key]) => !isOwn(key)))
    const rng = stream('wrap', id, split, index, canonicalJson(given))
    const drawn = wrapping.draw({ split, index, knobs: rest, own, rng })
    return {
      id: problemId(id, split, index, drawn.prompt),
      task: id,
      split,
      prompt: drawn.prompt,
      ...(drawn.answer === undefined ? {} : { answer: drawn.answer }),
      level: drawn.inner.level,
      parents: drawn.parents ?? [drawn.inner.id],
      meta: { ...drawn.meta, inner: drawn.inner as unknown as Json },
    }
  }

  function verify(from: Problem, completion: string, options?: { signal?: AbortSignal }): Verdict | Promise<Verdict> {
    try {
      const about = innerOf(from)
      return wrapping.verify?.(from, about, completion, options?.signal) ?? inner.verify(about, completion, options)
    } catch (error) {
      return failed(`the verifier failed: ${messageOf(error)}`)
    }
  }

  return {
    id,
    summary: `${wrapping.summary} Inside: ${inner.summary}`,
    rules: `${wrapping.rules} The rules inside: ${inner.rules ?? inner.summary}`,
    tags: [...new Set([...(inner.tags ?? []), wrapping.name, ...(wrapping.tags ?? [])])],
    levels: wrapping.levels ?? inner.levels,
    knobs,
    alphabet: wrapping.alphabet ?? inner.alphabet,
    styles: wrapping.styles ?? inner.styles,
    chance: wrapping.chance ?? ((level) => inner.chance(level)),
    problem,
    content: (from) =>
      wrapping.contentOfInner === true ? (inner.content?.(innerOf(from)) ?? textOf(innerOf(from))) : textOf(from),
    solve: (from) => wrapping.solve?.(from, innerOf(from)) ?? inner.solve(innerOf(from)),
    verify,
    traces: (from, style, rng) =>
      wrapping.traces?.(from, innerOf(from), style, rng) ?? inner.traces(innerOf(from), style, rng),
  }
}

/** A problem's prompt as one text. */
export function textOf(problem: Problem): string {
  return typeof problem.prompt === 'string' ? problem.prompt : canonicalJson(problem.prompt)
}

/** The characters of several alphabets, each once. */
export function joinAlphabets(...alphabets: readonly string[]): string {
  return [...new Set(alphabets.join(''))].join('')
}

/** The first of these texts none of whose characters the alphabet has. @throws `config/cannot-wrap` */
export function freeMarks(task: Task, wrapper: string, choices: readonly string[]): string {
  const free = choices.find((marks) => [...marks].every((mark) => !task.alphabet.includes(mark)))
  if (free !== undefined) return free
  throw cannotWrap(task, wrapper, `its alphabet has every mark of ${choices.join(' ')}`)
}

/** The error for a task that a wrapper does not fit. */
export function cannotWrap(task: Task, wrapper: string, why: string): GradusError {
  return new GradusError('config/cannot-wrap', `Task "${task.id}" cannot be wrapped by "${wrapper}": ${why}.`, {
    hint: 'Choose another wrapper, or a task that this one fits.',
  })
}
