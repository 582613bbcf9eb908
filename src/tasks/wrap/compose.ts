// +compose: a chain of problems of one family, in which each but the first needs the answer of the one before (h1,
// 2510.07312). Only the last answer is judged. The prompt shows where an answer enters; adapters bring it into range.
import { z } from 'zod'
import type { Json } from '../../base/json.ts'
import type { Rng } from '../../base/rng.ts'
import type { Problem, Task, Trace, Verdict } from '../../contracts/index.ts'
import { completionText, readCompletion } from '../family/completion.ts'
import type { Solution } from '../family/family.ts'
import type { FamilyTask } from '../family/task-of.ts'
import { unknownStyle } from '../unknown-style.ts'
import { around, entering, filled, integerOf, type Link, linkFor, linkText, partsOf } from './compose-chain.ts'
import { familyTaskWith, firstFit } from './family-task.ts'
import { cannotWrap, freeMarks, joinAlphabets, textOf, wrappedTask } from './wrapped-task.ts'

const styles = ['steps', 'direct', 'steps-wrong', 'direct-wrong'] as const

/** Steps of the parts in order; between two parts the answer and the number that enters: `@=12>2`. */
function joined(solutions: readonly Solution[], links: readonly Link[], mark: string): Solution {
  const steps = solutions.flatMap(({ steps, answer }, i) => {
    if (i === solutions.length - 1) return steps
    return [...steps, `${mark}=${answer}>${entering(links[i], Number(answer))}`]
  })
  return { steps, answer: solutions[solutions.length - 1].answer }
}

/** The task of chains of `count` problems. */
export function compose(task: Task, count = 2): Task {
  const made: FamilyTask = familyTaskWith(task, 'compose', ['slots', 'fill'])
  const { family } = made
  if (integerOf(task.problem('train', 0).answer) === undefined)
    throw cannotWrap(task, 'compose', 'its answers are no whole numbers')
  const [bar, mark, open, close] = freeMarks(task, 'compose', [
    '|@[]',
    '|@{}',
    '|$[]',
    '|$<>',
    '_@[]',
    '_@{}',
    '_$<>',
    '\\^{}',
  ])
  const linksOf = (problem: Problem): readonly Link[] => problem.meta.links as unknown as readonly Link[]

  /** The chain solved from part `at` on, where that part is solved by `slip`, which later parts build on. */
  function slipped(problem: Problem, at: number, slip: Solution): Solution | undefined {
    const links = linksOf(problem)
    const solutions = partsOf(problem)
      .slice(0, at)
      .map((part) => family.solve(made.instance(part)))
    solutions.push(slip)
    for (const part of partsOf(problem).slice(at + 1)) {
      const value = integerOf(solutions[solutions.length - 1].answer)
      const link = links[solutions.length - 1]
      const number = value === undefined ? undefined : entering(link, value)
      // A slip may carry a number that the slot does not take.
      if (number === undefined || number < link.range[0] || number > link.range[1]) return undefined
      const instance = filled(made, made.instance(part), link.slot, number)
      if (instance === undefined) return undefined
      solutions.push(family.solve(instance))
    }
    return joined(solutions, links, mark)
  }

  function wrongSolution(problem: Problem, rng: Rng): Solution {
    const parts = partsOf(problem)
    const slipOf = (at: number): Solution => {
      const instance = made.instance(parts[at])
      return (
        family.wrongSolution?.(instance, rng) ?? {
          steps: family.solve(instance).steps,
          answer: family.wrongAnswer(instance, rng),
        }
      )
    }
    const at = rng.int(parts.length)
    const carried = slipped(problem, at, slipOf(at))
    const last = made.instance(parts[parts.length - 1])
    if (carried !== undefined && family.judge(last, carried.answer) !== true) return carried
    const end = slipped(problem, parts.length - 1, slipOf(parts.length - 1))
    return end ?? { steps: [], answer: family.wrongAnswer(last, rng) }
  }

  /** Each part's steps by its own scores; a step between parts must hand on the right number. */
  function stepScores(problem: Problem, steps: readonly string[]): readonly number[] {
    const parts = partsOf(problem)
    const scores: number[] = []
    let own: string[] = []
    let at = 0
    const close = (): void => {
      const part = parts[at]
      const scored =
        part === undefined ? own.map(() => 0) : (family.stepScores?.(made.instance(part), own) ?? own.map(() => 1))
      scores.push(...scored)
      own = []
    }
    for (const step of steps) {
      if (!step.startsWith(`${mark}=`)) {
        own.push(step)
        continue
      }
      close()
      const answer = parts[at]?.answer
      const link = linksOf(problem)[at]
      scores.push(link !== undefined && step === `${mark}=${answer}>${entering(link, Number(answer))}` ? 1 : 0)
      at++
    }
    close()
    return scores
  }

  return wrappedTask<{ count: number }>(task, {
    name: 'compose',
    summary: 'A chain of problems, each of which needs the answer of the one before.',
    rules:
      `Problems are separated by \`${bar}\`. In each but the first, \`${open}${mark}${close}\` stands for the answer of the problem before, and ` +
      `\`${open}${mark}%10+2${close}\` for its remainder modulo 10 (never negative) plus 2. The answer is that of the last problem. ` +
      `Steps are those of the problems in order; after each problem but the last comes \`${mark}=12>4\`: its answer and the number that enters.`,
    knobs: { count: z.int().min(2).max(8).default(count).describe('Problems in a chain.') },
    alphabet: joinAlphabets(task.alphabet, bar, mark, open, close, '%+-=>0123456789'),
    styles,
    draw(ask) {
      const chain: Problem[] = []
      const links: Link[] = []
      const prompts: string[] = []
      while (chain.length < ask.own.count) {
        const before = chain[chain.length - 1]
        const at = ask.index * ask.own.count + chain.length
        const next = firstFit(task, { ...ask, index: at }, (problem) => {
          if (before === undefined)
            return integerOf(problem.answer) === undefined ? undefined : { problem, prompt: textOf(problem) }
          const instance = made.instance(problem)
          const slots = family.slots?.(instance) ?? []
          if (slots.length === 0) return undefined
          const slot = ask.rng.pick(slots)
          const link = linkFor(slot, Number(before.answer))
          const ends = around(made, instance, slot)
          const full = filled(made, instance, slot.name, entering(link, Number(before.answer)))
          if (ends === undefined || full === undefined) return undefined
          const prompt = `${ends[0]}${open}${linkText(link, mark)}${close}${ends[1]}`
          return { problem: made.problemOf(full, ask.split, at, problem.level ?? 1), prompt, link }
        })
        chain.push(next.problem)
        prompts.push(next.prompt)
        if (next.link !== undefined) links.push(next.link)
      }
      const inner = chain[chain.length - 1]
      const meta = { chain: chain as unknown as Json, links }
      return { prompt: prompts.join(bar), answer: inner.answer, inner, meta, parents: chain.map(({ id }) => id) }
    },
    solve: (problem) =>
      completionText(
        joined(
          partsOf(problem).map((part) => family.solve(made.instance(part))),
          linksOf(problem),
          mark,
        ),
      ),
    verify(problem, inner, completion, signal) {
      const withSteps = (verdict: Verdict): Verdict => {
        const { steps } = readCompletion(completion)
        if (verdict.kind === 'failed' || steps.length === 0) return verdict
        return { ...verdict, steps: stepScores(problem, steps) }
      }
      const verdict = task.verify(inner, completion, { signal })
      return verdict instanceof Promise ? verdict.then(withSteps) : withSteps(verdict)
    },
    traces(problem, inner, style, rng) {
      const trace = (solution: Solution, isRight: boolean): readonly Trace[] => [
        {
          text: completionText(solution),
          answer: solution.answer,
          origin: 'oracle',
          right: isRight,
          steps: solution.steps,
        },
      ]
      switch (style as (typeof styles)[number]) {
        case 'steps':
          return trace(
            joined(
              partsOf(problem).map((part) => family.solve(made.instance(part))),
              linksOf(problem),
              mark,
            ),
            true,
          )
        case 'direct':
          return trace({ steps: [], answer: inner.answer ?? '' }, true)
        case 'steps-wrong':
          return trace(wrongSolution(problem, rng), false)
        case 'direct-wrong':
          return trace({ steps: [], answer: family.wrongAnswer(made.instance(inner), rng) }, false)
        default:
          throw unknownStyle(`${task.id}+compose`, style, styles)
      }
    },
  })
}
