// Turns a family's declaration into a Task: splits by content, ids, levels, trace styles, verdicts. It knows no family.
// What a family throws while judging becomes a `failed` verdict, so that a fault of ours is never a wrong answer.
import { z } from 'zod'
import { GradusError, messageOf } from '../../base/error.ts'
import type { Json } from '../../base/json.ts'
import type { Rng } from '../../base/rng.ts'
import type { Knobs, Problem, Split, Task, Trace, Verdict } from '../../contracts/index.ts'
import { readKnobs } from '../read-knobs.ts'
import { drawInSplit, problemId } from '../split-by-content.ts'
import { unknownStyle } from '../unknown-style.ts'
import { failed, quote, right, wrong } from '../verdict.ts'
import { completionText, readCompletion } from './completion.ts'
import type { Family, Solution } from './family.ts'
import { familyLevels } from './family.ts'

const styles = ['steps', 'direct', 'steps-wrong', 'direct-wrong'] as const

/** A task made from a family, which wrappers read. */
export interface FamilyTask<I extends Json = Json, K = unknown> extends Task {
  readonly family: Family<I, K>
  /** The instance of a problem of this task. @throws `data/bad-problem` */
  instance(problem: Problem): I
  /** The problem that asks for this instance. */
  problemOf(instance: I, split: Split, index: number, level: number): Problem
}

/** The task of a family. */
export function taskOf<I extends Json, K extends object>(family: Family<I, K>): FamilyTask<I, K> {
  const { id } = family
  const levelKnob = z.int().min(1).max(5).default(1).describe('Difficulty, 1 to 5; sets the other knobs.')
  const knobs = z.object({ level: levelKnob, ...family.knobs.shape })
  const contentOf = (instance: I): string => family.content?.(instance) ?? family.prompt(instance)

  function instanceOf(problem: Problem): I {
    const { instance } = problem.meta
    if (problem.task === id && instance !== undefined) return instance as I
    throw new GradusError('data/bad-problem', `Problem "${problem.id}" was not made by task "${id}".`, {
      hint: 'Give it to the task that made it.',
    })
  }

  function problemOf(instance: I, split: Split, index: number, level: number): Problem {
    return {
      id: problemId(id, split, index, contentOf(instance)),
      task: id,
      split,
      prompt: family.prompt(instance),
      answer: family.solve(instance).answer,
      level,
      meta: { instance },
    }
  }

  function problem(split: Split, index: number, given?: Knobs): Problem {
    const { level, ...own } = readKnobs(id, knobs, given) as { level: number } & Record<string, unknown>
    const chosen = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined))
    const settings = { ...family.ladder[level - 1], ...chosen } as K
    const instance = drawInSplit(
      id,
      split,
      index,
      { level, ...(chosen as Knobs) },
      {
        draw: (rng) => family.draw(settings, rng),
        content: contentOf,
        accept: family.accept === undefined ? undefined : (drawn) => family.accept?.(drawn) ?? true,
      },
    )
    return problemOf(instance, split, index, level)
  }

  function verify(from: Problem, completion: string): Verdict {
    const reading = readCompletion(completion)
    try {
      const instance = instanceOf(from)
      const steps = reading.steps.length > 0 ? family.stepScores?.(instance, reading.steps) : undefined
      if ('fault' in reading) return wrong(reading.fault, { parts: { form: 0 }, steps })
      const judgement = family.judge(instance, reading.answer)
      const extra = { parts: { form: 1 }, steps }
      return judgement === true ? right(`${quote(reading.answer)} is right`, extra) : wrong(judgement, extra)
    } catch (error) {
      return failed(`the verifier failed: ${messageOf(error)}`)
    }
  }

  function traces(from: Problem, style: string, rng: Rng): readonly Trace[] {
    const instance = instanceOf(from)
    const trace = (solution: Solution, isRight: boolean): readonly Trace[] => [
      {
        text: completionText(solution),
        answer: solution.answer,
        origin: 'oracle',
        right: isRight,
        steps: solution.steps,
      },
    ]
    const slip = (): Solution =>
      family.wrongSolution?.(instance, rng) ?? {
        steps: family.solve(instance).steps,
        answer: family.wrongAnswer(instance, rng),
      }
    switch (style as (typeof styles)[number]) {
      case 'steps':
        return trace(family.solve(instance), true)
      case 'direct':
        return trace({ steps: [], answer: family.solve(instance).answer }, true)
      case 'steps-wrong':
        return trace(slip(), false)
      case 'direct-wrong':
        return trace({ steps: [], answer: family.wrongAnswer(instance, rng) }, false)
      default:
        throw unknownStyle(id, style, styles)
    }
  }

  return {
    id,
    summary: family.summary,
    rules: family.rules,
    tags: family.tags,
    levels: familyLevels,
    knobs,
    alphabet: family.alphabet,
    styles,
    chance: family.chance,
    problem,
    content: (from) => contentOf(instanceOf(from)),
    solve: (from) => completionText(family.solve(instanceOf(from))),
    verify,
    traces,
    family,
    instance: instanceOf,
    problemOf,
  }
}
