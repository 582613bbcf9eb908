// plan: bring two water jugs or the towers of Hanoi to a goal within a number of actions. Any plan that gets there is
// right. Difficulty is the length of the shortest plan, and how many actions more than that are allowed.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import { checkPlan } from '../../verify/logic/plan.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { actionsOf, type Plan, reach, shortestPlan, stateText, type World, worldOf } from './plan-world.ts'

interface PlanKnobs {
  readonly world?: 'jugs' | 'hanoi'
  readonly length: number
  readonly slack: number
  readonly size: number
  readonly disks: number
}

const maxTries = 40

function drawJugs({ size, length, slack }: PlanKnobs, rng: Rng): Plan {
  let best: { plan: Plan; depth: number } | undefined
  for (let tries = 0; tries < maxTries && best?.depth !== length; tries++) {
    const sizes = [3 + rng.int(size - 2), 3 + rng.int(size - 2)]
    const start = sizes.map((most) => rng.int(most + 1))
    const plan = { kind: 'jugs', sizes, start, goal: -1, most: 0 } as const
    // The depth at which each amount first appears is the length of the shortest plan for it.
    const depthOf = new Map<number, number>()
    for (const { state, depth } of reach(plan, length, () => false)) {
      for (const amount of state) if (!depthOf.has(amount)) depthOf.set(amount, depth)
    }
    const deepest = Math.max(...depthOf.values())
    if (deepest === 0 || deepest <= (best?.depth ?? 0)) continue
    const goal = rng.pick([...depthOf].filter(([, depth]) => depth === deepest))[0]
    best = { plan: { ...plan, goal, most: deepest + slack }, depth: deepest }
  }
  return best?.plan ?? { kind: 'jugs', sizes: [3, 5], start: [0, 0], goal: 3, most: 1 + slack }
}

function drawHanoi({ disks, length, slack }: PlanKnobs, rng: Rng): Plan {
  const start = Array.from({ length: disks }, () => rng.int(3))
  const reached = reach({ kind: 'hanoi', start, goal: start, most: 0 }, length, () => false)
  const depth = reached[reached.length - 1].depth
  const goal = rng.pick(reached.filter((state) => state.depth === depth)).state
  return { kind: 'hanoi', start, goal, most: depth + slack }
}

const actionsIn = (answer: string): readonly string[] => answer.split(',')

function judge(plan: Plan, answer: string): Judgement {
  if (!/^[ABC](?:[+-]|>[ABC])(?:,[ABC](?:[+-]|>[ABC])){0,199}$/.test(answer))
    return `${quote(answer)} is no list of actions`
  return checkPlan(worldOf(plan), actionsIn(answer), { maxActions: plan.most })
}

/** The actions with the state after each; stops before the first that is not possible. */
function carriedOut(plan: Plan, actions: readonly string[]): { solution: Solution; end: World } {
  const { start, apply } = worldOf(plan)
  const steps: string[] = []
  const done: string[] = []
  let state = start
  for (const action of actions) {
    const next = apply(state, action)
    if (typeof next === 'string') break
    state = next
    done.push(action)
    steps.push(`${action}=${stateText(plan, state)}`)
  }
  return { solution: { steps, answer: done.join(',') }, end: state }
}

/** One action of the plan replaced by another that is possible there, and the rest carried out as it stood. */
function wrongSolution(plan: Plan, rng: Rng): Solution {
  const right = shortestPlan(plan)
  const { isGoal } = worldOf(plan)
  for (let tries = 0; tries < 10; tries++) {
    const { solution, end } = carriedOut(plan, right.with(rng.int(right.length), rng.pick(actionsOf(plan))))
    if (!isGoal(end) && solution.steps.length > 0) return solution
  }
  // The first action and its way back, or one that leads nowhere: a shortest plan of two or more has no goal after one.
  return carriedOut(plan, right.length > 1 ? right.slice(0, -1) : ['B-']).solution
}

function stepScores(plan: Plan, steps: readonly string[]): readonly number[] {
  const { start, apply } = worldOf(plan)
  let state = start
  return steps.map((step) => {
    const [, action, text] = /^([ABC][+>-][ABC]?)=([0-9,A-C]{1,20})$/.exec(step) ?? []
    if (action === undefined) return 0
    const next = apply(state, action)
    if (typeof next === 'string') return 0
    state = next
    return stateText(plan, state) === text ? 1 : 0
  })
}

function prompt(plan: Plan, goal: string): string {
  if (plan.kind === 'hanoi') return `hanoi ${stateText(plan, plan.start)}>${goal} in ${plan.most}?`
  const jugs = plan.start.map((amount, i) => `${'AB'[i]}${amount}/${plan.sizes[i]}`)
  return `jugs ${jugs.join(' ')}>${goal} in ${plan.most}?`
}

const goalText = (plan: Plan): string => (plan.kind === 'jugs' ? String(plan.goal) : stateText(plan, plan.goal))

const family: Family<Plan, PlanKnobs> = {
  id: 'plan',
  summary:
    'Reach a goal within a number of actions, with jugs as in `jugs A0/3 B0/5>4 in 6?` or towers as in `hanoi AAB>CCC in 5?`.',
  rules:
    '`jugs A1/3 B0/5>4 in 6?`: jug A holds 1 of at most 3, jug B 0 of at most 5; at the end one jug must hold exactly 4, ' +
    'after at most 6 actions. `A+` fills A, `A-` empties it, `A>B` pours from A into B until A is empty or B full; an action ' +
    'that changes nothing is not allowed. `hanoi AAB>CCC in 5?`: the letters are the pegs (A, B, C) of the disks, smallest ' +
    'first, at the start and at the end; `A>C` moves the smallest disk on A to C, where no smaller disk may lie. The answer ' +
    'is the actions joined by `,`: `B+,B>A`. Every plan within the limit that ends at the goal is right. Steps: each action ' +
    'and the state after it, `B>A=3,2` or `A>C=CAB`.',
  tags: ['planning', 'search', 'several-answers'],
  knobs: z.object({
    world: z.enum(['jugs', 'hanoi']).optional().describe('Jugs or towers; default: either.'),
    length: z.int().min(1).max(30).optional().describe('Actions of a shortest plan, where the world has one so long.'),
    slack: z.int().min(0).max(20).optional().describe('Actions allowed beyond the shortest plan.'),
    size: z.int().min(4).max(60).optional().describe('Largest size of a jug.'),
    disks: z.int().min(2).max(7).optional().describe('Disks of the towers.'),
  }),
  ladder: [
    { length: 2, slack: 2, size: 15, disks: 5 },
    { length: 3, slack: 2, size: 20, disks: 5 },
    { length: 5, slack: 1, size: 25, disks: 5 },
    { length: 8, slack: 1, size: 30, disks: 6 },
    { length: 12, slack: 0, size: 40, disks: 6 },
  ],
  alphabet: ' #+,-./0123456789;=>?ABCaghijnosu',
  draw(knobs, rng) {
    const world = knobs.world ?? rng.pick(['jugs', 'hanoi'] as const)
    return world === 'jugs' ? drawJugs(knobs, rng) : drawHanoi(knobs, rng)
  },
  // How many actions are allowed is no other problem.
  content: (plan) => prompt({ ...plan, most: 0 }, goalText(plan)),
  prompt: (plan) => prompt(plan, goalText(plan)),
  solve: (plan) => carriedOut(plan, shortestPlan(plan)).solution,
  judge,
  wrongAnswer: (plan, rng) => wrongSolution(plan, rng).answer,
  wrongSolution,
  stepScores,
  chance: (level) => [0.03, 0.006, 0.0002, 0, 0][level - 1] ?? 0.03,
  /** Another goal that takes as many actions, and whose shortest plan is another. */
  perturb(plan, rng) {
    const length = shortestPlan(plan).length
    const old = carriedOut(plan, shortestPlan(plan)).solution.answer
    const goals = reach(plan, length, () => false).filter(({ depth }) => depth === length)
    for (const { state } of rng.shuffle(goals)) {
      const other: Plan = plan.kind === 'jugs' ? { ...plan, goal: rng.pick(state) } : { ...plan, goal: state }
      const least = shortestPlan(other).length
      if (least > 0 && least <= plan.most && judge(other, old) !== true) return other
    }
    return undefined
  },
  unanswerable: (plan) => prompt(plan, ''),
}

/** Plans in small worlds. */
export const plan = taskOf(family)
