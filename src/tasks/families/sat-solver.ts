// Satisfiability by unit propagation and trial (DPLL) with its worked trace, and scores for such traces. The first unit
// clause in the text goes first; a trial makes the first free literal of the first open clause true.
import type { Solution } from '../family/family.ts'
import type { SatInstance } from './sat-formula.ts'
import { letterOf, readClause, showClause } from './sat-formula.ts'

/** What is known: 1, 0 or undefined for each variable (index from 1), in the order it was learnt. */
interface Trail {
  readonly values: (0 | 1 | undefined)[]
  readonly order: { readonly variable: number; readonly isTrial: boolean }[]
}

const maxSteps = 20_000

/** A satisfying assignment (unsettled letters are 0) with the steps of the search, or undefined when there is none. */
export function solveSat(instance: SatInstance): Solution | undefined {
  const trail: Trail = { values: [], order: [] }
  const steps: string[] = []
  while (steps.length < maxSteps) {
    const open = instance.clauses.filter((clause) => !isTrue(clause, trail))
    const broken = open.find((clause) => freeOf(clause, trail).length === 0)
    if (broken !== undefined) {
      const failed = takeBack(trail)
      if (failed === undefined) return undefined
      steps.push(`x${showClause(broken)}`, learn(trail, failed, false))
      continue
    }
    if (open.length === 0) return { steps, answer: bits(instance.variables, trail) }
    const unit = open.map((clause) => freeOf(clause, trail)).find((free) => free.length === 1)
    steps.push(unit === undefined ? learn(trail, freeOf(open[0], trail)[0], true) : learn(trail, unit[0], false))
  }
  return undefined
}

/** 1 for each step that is allowed where it stands, 0 for others, which change nothing. */
export function satStepScores(instance: SatInstance, steps: readonly string[]): number[] {
  const { variables, clauses } = instance
  const trail: Trail = { values: [], order: [] }
  // After a clause has failed, the only step allowed is the other value of the last trial.
  let owed: number | undefined
  return steps.map((step) => {
    if (step.startsWith('x')) {
      const named = readClause(step.slice(1), variables)
      if (named === undefined || owed !== undefined) return 0
      const isBroken = !isTrue(named, trail) && freeOf(named, trail).length === 0
      if (!isBroken || !clauses.some((clause) => showClause(clause) === step.slice(1))) return 0
      owed = takeBack(trail)
      return owed === undefined ? 0 : 1
    }
    const isForm = /^[A-Z][?=][01]$/.test(step)
    const variable = step.charCodeAt(0) - 64
    if (!isForm || variable > variables || trail.values[variable] !== undefined) return 0
    const literal = step[2] === '1' ? variable : -variable
    const isTrial = step[1] === '?'
    const isDue = owed === undefined || (literal === owed && !isTrial)
    const follows =
      owed !== undefined ||
      isTrial ||
      clauses.some((clause) => {
        const free = freeOf(clause, trail)
        return free.length === 1 && free[0] === literal && !isTrue(clause, trail)
      })
    if (!isDue || !follows) return 0
    owed = undefined
    learn(trail, literal, isTrial)
    return 1
  })
}

function isTrue(clause: readonly number[], { values }: Trail): boolean {
  return clause.some((literal) => values[Math.abs(literal)] === (literal > 0 ? 1 : 0))
}

function freeOf(clause: readonly number[], { values }: Trail): readonly number[] {
  return clause.filter((literal) => values[Math.abs(literal)] === undefined)
}

/** Makes the literal true and says so. */
function learn(trail: Trail, literal: number, isTrial: boolean): string {
  const variable = Math.abs(literal)
  const value = literal > 0 ? 1 : 0
  trail.values[variable] = value
  trail.order.push({ variable, isTrial })
  return `${letterOf(variable)}${isTrial ? '?' : '='}${value}`
}

/** Forgets all since the last trial and gives the literal that is then true, or undefined when nothing was tried. */
function takeBack(trail: Trail): number | undefined {
  for (let last = trail.order.pop(); last !== undefined; last = trail.order.pop()) {
    const value = trail.values[last.variable]
    trail.values[last.variable] = undefined
    if (last.isTrial) return value === 1 ? -last.variable : last.variable
  }
  return undefined
}

function bits(variables: number, { values }: Trail): string {
  return Array.from({ length: variables }, (_, i) => values[i + 1] ?? 0).join('')
}
