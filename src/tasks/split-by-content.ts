// Disjoint splits by construction: what a problem says decides its split, so no train problem can equal a test problem,
// whatever the knobs or the seed. It does not know what a problem is: a task gives a draw and its canonical text.
import { GradusError } from '../base/error.ts'
import { canonicalJson } from '../base/json.ts'
import type { Rng } from '../base/rng.ts'
import { hash32, stream } from '../base/rng.ts'
import type { Knobs, Split } from '../contracts/index.ts'

const buckets = 16
// One bucket in sixteen comes up often: this many draws in a row outside a split means that the split is empty.
const maxDraws = 40_000
const maxRefusals = 2_000

/** The split that owns a problem with this canonical text: 1/16 test, 1/16 validation, the rest train. */
export function splitOfContent(task: string, content: string): Split {
  const bucket = hash32(`${task}|${content}`) % buckets
  return bucket === 0 ? 'test' : bucket === 1 ? 'validation' : 'train'
}

/** How a task draws problems. */
export interface ProblemDraw<T> {
  draw(rng: Rng): T
  /** Equal problems have equal content. */
  content(item: T): string
  /** A costly test, asked only of draws in the wanted split. */
  accept?(item: T): boolean
}

/**
 * The problem named by (task, split, index, knobs): draws from that stream until one falls into the split.
 *
 * @throws `data/no-problem` when the knobs leave no problem in the split.
 */
export function drawInSplit<T>(task: string, split: Split, index: number, knobs: Knobs, how: ProblemDraw<T>): T {
  const rng = stream('task', task, split, index, canonicalJson(knobs))
  let refusals = 0
  for (let draws = 0; draws < maxDraws && refusals < maxRefusals; draws++) {
    const item = how.draw(rng)
    if (splitOfContent(task, how.content(item)) !== split) continue
    if (how.accept === undefined || how.accept(item)) return item
    refusals++
  }
  throw new GradusError('data/no-problem', `Task "${task}" has no ${split} problem for ${canonicalJson(knobs)}.`, {
    hint: 'These settings allow too few problems. Make them wider: more operations or numbers, or larger ranges.',
  })
}

/** A problem's id: where it was drawn and a hash of what it says. */
export function problemId(task: string, split: Split, index: number, content: string): string {
  return `${task}/${split}/${index}@${hash32(content).toString(16).padStart(8, '0')}`
}
