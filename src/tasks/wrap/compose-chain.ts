// The links of a composed problem: how an answer enters the next problem, and how a prompt shows the place. It draws
// nothing and judges nothing.
import type { Json } from '../../base/json.ts'
import type { Problem } from '../../contracts/index.ts'
import type { Slot } from '../family/family.ts'
import type { FamilyTask } from '../family/task-of.ts'

/** How the answer before enters a problem: `v` itself, or `v` modulo `modulus` (never negative) plus `offset`. */
export type Link = {
  readonly slot: string
  readonly range: readonly [number, number]
  readonly modulus: number
  readonly offset: number
}

// Pairs of numbers that share no first and no last digit, so that texts with the one and the other differ at exactly
// that number.
const probes = [
  [3, 7],
  [12, 47],
  [1, 2],
  [123, 476],
  [0, 1],
  [1234, 4766],
] as const

/** The whole number that an answer is, or undefined. */
export function integerOf(answer: string | undefined): number | undefined {
  return answer !== undefined && /^(?:0|-?[1-9]\d{0,14})$/.test(answer) ? Number(answer) : undefined
}

/** The link by which `value` enters the slot: as it is where the slot takes it, else brought into its range. */
export function linkFor({ name, range }: Slot, value: number): Link {
  const [least, most] = range
  const isTaken = value >= least && value <= most
  return { slot: name, range, modulus: isTaken ? 0 : most - least + 1, offset: isTaken ? 0 : least }
}

/** The number that enters. */
export function entering({ modulus, offset }: Link, value: number): number {
  return modulus === 0 ? value : (((value % modulus) + modulus) % modulus) + offset
}

/** `@`, `@%10`, `@%10+2`. */
export function linkText({ modulus, offset }: Link, mark: string): string {
  if (modulus === 0) return mark
  return `${mark}%${modulus}${offset === 0 ? '' : offset < 0 ? offset : `+${offset}`}`
}

/** The prompt before and after the number in a slot, or undefined where it cannot be told. */
export function around(task: FamilyTask, instance: Json, { name, range }: Slot): readonly [string, string] | undefined {
  const { family } = task
  for (const [a, b] of probes) {
    if (a < range[0] || b > range[1] || family.fill === undefined) continue
    const one = family.prompt(family.fill(instance, name, a))
    const two = family.prompt(family.fill(instance, name, b))
    let from = 0
    while (from < one.length && one[from] === two[from]) from++
    let back = 0
    while (back < Math.min(one.length, two.length) - from && one.at(-1 - back) === two.at(-1 - back)) back++
    const middles = [one.slice(from, one.length - back), two.slice(from, two.length - back)]
    if (middles[0] === String(a) && middles[1] === String(b)) return [one.slice(0, from), one.slice(one.length - back)]
  }
  return undefined
}

/** The instance with the number in the slot, or undefined where the family does not take it or has no number as answer. */
export function filled(task: FamilyTask, instance: Json, slot: string, value: number): Json | undefined {
  const { family } = task
  try {
    const made = family.fill?.(instance, slot, value)
    if (made === undefined || (family.accept !== undefined && !family.accept(made))) return undefined
    return integerOf(family.solve(made).answer) === undefined ? undefined : made
  } catch {
    // A family may refuse a number that its range allows (a division that does not come out): then it is no link.
    return undefined
  }
}

/** The parts of a composed problem. */
export function partsOf(problem: Problem): readonly Problem[] {
  return problem.meta.chain as unknown as readonly Problem[]
}
