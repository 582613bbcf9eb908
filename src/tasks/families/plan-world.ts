// The two worlds of `plan`: water jugs and the towers of Hanoi, as models that a plan is carried out on, and the
// breadth-first search that finds their shortest plans. States are short lists of numbers.
import type { PlanModel } from '../../verify/logic/plan.ts'

/** Amounts in the jugs, or the peg of each disk from the smallest on. */
export type World = readonly number[]

export type Plan =
  | {
      readonly kind: 'jugs'
      readonly sizes: World
      readonly start: World
      readonly goal: number
      readonly most: number
    }
  | { readonly kind: 'hanoi'; readonly start: World; readonly goal: World; readonly most: number }

const letters = 'ABC'
const jugActions = ['A+', 'B+', 'A-', 'B-', 'A>B', 'B>A'] as const
const hanoiActions = ['A>B', 'A>C', 'B>A', 'B>C', 'C>A', 'C>B'] as const

/** Every action that could be written in this world. */
export function actionsOf(plan: Plan): readonly string[] {
  return plan.kind === 'jugs' ? jugActions : hanoiActions
}

/** The world of an instance. */
export function worldOf(plan: Plan): PlanModel<World> {
  if (plan.kind === 'jugs') {
    return {
      start: plan.start,
      isGoal: (jugs) => jugs.includes(plan.goal),
      apply: (jugs, action) => pour(plan.sizes, jugs, action),
    }
  }
  return { start: plan.start, isGoal: (pegs) => pegs.every((peg, disk) => peg === plan.goal[disk]), apply: move }
}

function pour(sizes: World, jugs: World, action: string): World | string {
  if (!(jugActions as readonly string[]).includes(action)) return 'there is no such action'
  const jug = letters.indexOf(action[0])
  const other = 1 - jug
  const next = [...jugs]
  if (action[1] === '+') next[jug] = sizes[jug]
  else if (action[1] === '-') next[jug] = 0
  else {
    const moved = Math.min(jugs[jug], sizes[other] - jugs[other])
    next[jug] -= moved
    next[other] += moved
  }
  return next[0] === jugs[0] && next[1] === jugs[1] ? 'it changes nothing' : next
}

function move(pegs: World, action: string): World | string {
  if (!(hanoiActions as readonly string[]).includes(action)) return 'there is no such action'
  const [from, to] = [letters.indexOf(action[0]), letters.indexOf(action[2])]
  const disk = pegs.indexOf(from)
  if (disk < 0) return `peg ${action[0]} is empty`
  const onTop = pegs.indexOf(to)
  if (onTop >= 0 && onTop < disk) return 'a larger disk would lie on a smaller one'
  return pegs.with(disk, to)
}

/** Every state that can be reached, nearest first, with the way there. */
export interface Reached {
  readonly state: World
  readonly depth: number
  readonly before: Reached | undefined
  readonly action: string
}

/** All states within `most` actions, nearest first; stops after the first for which `until` holds. */
export function reach(plan: Plan, most: number, until: (state: World) => boolean): readonly Reached[] {
  const world = worldOf(plan)
  const actions = actionsOf(plan)
  const found: Reached[] = [{ state: world.start, depth: 0, before: undefined, action: '' }]
  const seen = new Set([keyOf(world.start)])
  for (let i = 0; i < found.length; i++) {
    const from = found[i]
    if (until(from.state)) return found.slice(0, i + 1)
    if (from.depth >= most) continue
    for (const action of actions) {
      const state = world.apply(from.state, action)
      if (typeof state === 'string' || seen.has(keyOf(state))) continue
      seen.add(keyOf(state))
      found.push({ state, depth: from.depth + 1, before: from, action })
    }
  }
  return found
}

/** Amounts stay below 64 and pegs below 4, so that base 64 keeps states of up to eight numbers apart. */
function keyOf(state: World): number {
  let key = 0
  for (const value of state) key = key * 64 + value
  return key
}

/** A shortest plan. */
export function shortestPlan(plan: Plan): readonly string[] {
  const { isGoal } = worldOf(plan)
  const actions: string[] = []
  let at: Reached | undefined = reach(plan, Number.POSITIVE_INFINITY, isGoal).at(-1)
  for (; at?.before !== undefined; at = at.before) actions.push(at.action)
  return actions.reverse()
}

/** A state as it is written: amounts `3,5`, pegs `AAB`. */
export function stateText(plan: Plan, state: World): string {
  return plan.kind === 'jugs' ? state.join(',') : state.map((peg) => letters[peg]).join('')
}
