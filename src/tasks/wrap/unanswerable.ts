// +unanswerable: some problems lack a premise that they need, and the right answer is `unknown`. On a problem that can be
// answered, `unknown` is wrong, so a policy must tell the two apart.
import { z } from 'zod'
import type { Task } from '../../contracts/index.ts'
import { readCompletion } from '../family/completion.ts'
import { splitOfContent } from '../split-by-content.ts'
import { quote, right, wrong } from '../verdict.ts'
import { familyTaskWith, firstFit, fittingLevels } from './family-task.ts'
import { joinAlphabets, wrappedTask } from './wrapped-task.ts'

const unknown = 'unknown'

/** The task with a share of problems that cannot be answered. */
export function unanswerable(task: Task, options: { readonly share?: number } = {}): Task {
  const { share = 0.5 } = options
  const made = familyTaskWith(task, 'unanswerable', ['unanswerable'])
  const { family } = made
  const id = `${task.id}+unanswerable`
  return wrappedTask<{ unanswerable: number }>(task, {
    name: 'unanswerable',
    levels: fittingLevels(task, 'unanswerable', (problem, rng) => family.unanswerable?.(made.instance(problem), rng)),
    summary: 'Some problems lack what they need; their answer is `unknown`.',
    rules:
      'From some prompts a needed premise was taken; for these only `#unknown` is right. For all others it is wrong.',
    knobs: {
      unanswerable: z.number().min(0).max(1).default(share).describe('Share of problems that cannot be answered.'),
    },
    alphabet: joinAlphabets(task.alphabet, unknown),
    chance: (level) => Math.max(share < 1 ? share : 0, task.chance(level)),
    draw(ask) {
      const { split, index, knobs, own, rng } = ask
      if (rng.next() >= own.unanswerable) {
        const inner = task.problem(split, index, knobs)
        return { prompt: family.prompt(made.instance(inner)), answer: inner.answer, inner, meta: { answerable: true } }
      }
      return firstFit(task, ask, (inner) => {
        // Some families have problems of their own whose answer is `unknown`.
        if (inner.answer === unknown) return undefined
        const prompt = family.unanswerable?.(made.instance(inner), rng)
        // Different problems may leave the same rest, so the rest decides its own split.
        if (prompt === undefined || splitOfContent(id, prompt) !== split) return undefined
        return { prompt, answer: unknown, inner, meta: { answerable: false } }
      })
    },
    solve: (problem, inner) => (problem.meta.answerable === false ? `#${unknown}` : task.solve(inner)),
    verify(problem, inner, completion, signal) {
      if (problem.meta.answerable !== false) return task.verify(inner, completion, { signal })
      const reading = readCompletion(completion)
      if ('fault' in reading) return wrong(reading.fault, { parts: { form: 0 } })
      const extra = { parts: { form: 1 } }
      return reading.answer === unknown
        ? right('a premise is missing', extra)
        : wrong(`a premise is missing, so ${quote(reading.answer)} does not follow`, extra)
    },
    traces(problem, inner, style, rng) {
      const traces = task.traces(inner, style, rng)
      const abstains = { text: `#${unknown}`, answer: unknown, origin: 'oracle', steps: [] } as const
      if (problem.meta.answerable !== false) {
        // Of the wrong ways to answer a problem that has an answer, giving up is one.
        const gaveUp = style === 'direct-wrong' && inner.answer !== unknown && rng.int(2) === 0
        return gaveUp ? [{ ...abstains, right: false }] : traces
      }
      // What is right with the premise is made up without it.
      return traces.map((trace) => {
        if (trace.right === true) return { ...abstains, right: true }
        // A wrong `unknown` is right here; what is wrong is the old answer.
        return trace.answer === unknown
          ? { text: task.solve(inner), answer: inner.answer, origin: 'oracle', right: false }
          : trace
      })
    },
  })
}
