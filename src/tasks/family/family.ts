// What a task family declares: how an instance is drawn, shown, solved, judged. `taskOf` (task-of.ts) turns the
// declaration into a Task: splits, ids, levels, trace styles and verdicts are made there, the same for every family.
import type { z } from 'zod'
import type { Json } from '../../base/json.ts'
import type { Rng } from '../../base/rng.ts'

/** The five levels of a family, easiest first. */
export const familyLevels = [1, 2, 3, 4, 5] as const

/** A worked solution: `steps` are lines without `;`, `#` or line breaks, `answer` is what follows the last `#`. */
export interface Solution {
  readonly steps: readonly string[]
  readonly answer: string
}

/** What a family says of an answer: `true`, or why it is wrong in one short line. */
export type Judgement = true | string

/** A place in an instance where another family's number can enter, for compositions. */
export interface Slot {
  readonly name: string
  /** Smallest and largest number that it takes. */
  readonly range: readonly [number, number]
}

/**
 * A family of problems over instances `I`, which are plain JSON. Everything is pure; randomness comes from the `Rng`.
 * A completion is `step;step;#answer`; the answer alone decides.
 */
export interface Family<I extends Json, K> {
  /** Kebab-case. */
  readonly id: string
  /** One sentence with an example of a prompt. */
  readonly summary: string
  /** The exact form of prompt and answer, enough to write a solver: what each sign means, what counts as right. */
  readonly rules: string
  /** Kebab-case skills, such as `arithmetic`, `search`, `deduction`. */
  readonly tags: readonly string[]
  /** Knobs beside `level`; each optional, with a description: one that is given goes before the level's value. */
  readonly knobs: z.ZodObject
  /** The knobs' values at levels 1 to 5. */
  readonly ladder: readonly [K, K, K, K, K]
  /** Every character of prompts and completions, each once; must hold `;` and `#`. */
  readonly alphabet: string
  /** Draws an instance. Called until one lands in the wanted split, so cheap: 20,000 a second where it can be. */
  draw(knobs: K, rng: Rng): I
  /** A costly test (a unique solution, say), asked only of draws in the wanted split. */
  accept?(instance: I): boolean
  /** The same text for instances that ask the same (another order, other names); default: the prompt. */
  content?(instance: I): string
  /** What the model reads; one line, ends with `=`, `?` or `:`. */
  prompt(instance: I): string
  /** A right solution with its steps. */
  solve(instance: I): Solution
  /** Judges an answer (trimmed, at most 4,096 characters) by the rules, not by equality with `solve`'s where several are right. May not hang. */
  judge(instance: I, answer: string): Judgement
  /** A well-formed wrong answer, as a model might give. */
  wrongAnswer(instance: I, rng: Rng): string
  /** A solution with one slip carried on to a wrong answer; default: the right steps and a wrong answer. */
  wrongSolution?(instance: I, rng: Rng): Solution
  /** One score in [0, 1] a step, for steps as a model wrote them; never throws. */
  stepScores?(instance: I, steps: readonly string[]): readonly number[]
  /** Probability that a guess of the right form is right at this level (1 to 5). */
  chance(level: number): number
  /** Numbers in the instance that another problem's answer can stand for. */
  slots?(instance: I): readonly Slot[]
  /** The instance with this number in the slot. */
  fill?(instance: I, slot: string, value: number): I
  /** A problem in which the answer is given and one of the numbers is asked for. */
  invert?(instance: I, rng: Rng): { readonly prompt: string; readonly answer: string } | undefined
  /** Another instance that differs in one place and has another answer. */
  perturb?(instance: I, rng: Rng): I | undefined
  /** A prompt from which a needed premise was taken, so that the right answer is `unknown`. */
  unanswerable?(instance: I, rng: Rng): string | undefined
}
