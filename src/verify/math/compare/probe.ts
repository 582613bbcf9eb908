// Two expressions in variables by their values at points. `different` is proved by a point. `equal` is concluded from
// points only: for analytic functions from any, since two that agree at a generic point are one function; for |x|,
// floors, roots and their like from points in every piece, and where the pieces cannot be told the verdict is open.
import type { Comparison } from '../answer.ts'
import type { Expression, FunctionName } from '../expression.ts'
import { isReal } from '../number/gaussian.ts'
import { showRational } from '../number/rational.ts'
import { compareAtPoint } from './compare-at-point.ts'
import { complexLetters } from './complex-letters.ts'
import { type Contents, contentsOf, partsOf } from './expression-shape.ts'
import { byHalfAngle } from './half-angle.ts'
import { pieces } from './pieces.ts'
import {
  complexPoints,
  farPoints,
  needsWholePoints,
  type Point,
  probePoints,
  probeRng,
  wholePoints,
} from './probe-points.ts'
import { isGrowing, reachOf } from './reach.ts'
import { turnsOf } from './turning.ts'
import { different, equal, type Session, undecided } from './verdict.ts'

const functionBits = 256
const enoughPoints = 5
/** Whole numbers above it are too costly for factorials. */
const largestWhole = 250

/** Functions that are not analytic, though they turn nowhere. */
const planar: readonly FunctionName[] = ['conjugate', 're', 'im', 'arg', 'abs']

interface Tally {
  together: number
  open: number
  /** Where the two differ. */
  apart?: Point
}

/** Compares expressions with variables, without plus-minus, infinities or unknown functions. */
export function probe(a: Expression, b: Expression, contents: Contents, session: Session): Comparison {
  const names = [...contents.symbols].sort()
  const rng = probeRng(a, b)
  const isWholeOnly = needsWholePoints(contents)
  const first = probePoints(names, contents, holdsGrowth(a) || holdsGrowth(b), rng)
  const tryAll = (points: Iterable<Point>, isComplex: boolean, tally: Tally, weight: number): boolean => {
    for (const point of points) {
      const at = compareAtPoint(a, b, point, functionBits, session, isComplex)
      if (at === 'apart') {
        tally.apart = point
        return false
      }
      if (at === 'together') tally.together += weight
      if (at === 'open') tally.open += 1
    }
    return true
  }
  let scene: ReturnType<typeof readScene> | undefined
  const passes = contents.hasImaginary ? [true] : [false, true]
  for (const isComplex of passes) {
    const tally: Tally = { together: 0, open: 0 }
    const fail = (): Comparison => different(showPoint(tally.apart ?? new Map()))
    const [fractions, wholes] = [false, true].map((isWhole) =>
      first.filter((one) => one.isWhole === isWhole).map(({ point }) => point),
    )
    if (!tryAll(fractions, isComplex, tally, 1)) return fail()
    if (!tryAll(wholes, isComplex, tally, isWholeOnly ? 1 : 0.5)) return fail()
    // Most pairs have ended by now.
    scene ??= readScene(a, b, contents, session)
    const { letters, turns, reach } = scene
    if (scene.hasComplexPoints) {
      const inPlane: Tally = { together: 0, open: 0 }
      if (!tryAll(complexPoints(names, letters.names, reach.beyond, rng), true, inPlane, 1)) {
        tally.apart = inPlane.apart
        return letters.isCertain ? fail() : undecided('the same for real numbers only')
      }
      if (inPlane.together < enoughPoints) return undecided('too few complex points where both have a value')
    }
    if (isWholeOnly && !isStepwise(contents)) {
      if (reach.sum * names.length > largestWhole) return undecided('whole numbers beyond those tried')
      if (!tryAll(wholePoints(names, reach.sum, rng), isComplex, tally, 1)) return fail()
    }
    if (turns.length > 0) {
      if (!tryAll(farPoints(names, reach.beyond, 8, rng), isComplex, tally, 1)) return fail()
      const found = pieces(a, b, names, turns, reach.beyond, rng, session)
      if (!tryAll(found.points, isComplex, tally, 1)) return fail()
      if (!found.areAll && tally.together > 0) return probeAngles(a, b, session)
    }
    if (tally.together >= enoughPoints && tally.together > tally.open) return equal('the same at every point tried')
    // Nowhere real on both sides: compared as complex functions in the second pass.
    if (tally.together > 0) break
  }
  return undecided('too few points where both have a value')
}

/** Where the pieces cannot be told, those of the same with half angles perhaps can. */
function probeAngles(a: Expression, b: Expression, session: Session): Comparison {
  const written = byHalfAngle(a, b, session)
  const again = written && probe(written.a, written.b, contentsOf(written.a, written.b), session)
  if (again?.verdict === 'equal' || (again?.verdict === 'different' && written?.isWhole)) return again
  return undecided('pieces of a function that cannot all be tried')
}

/** Remainders are the one such function whose pieces can be told. */
function isStepwise({ calls }: Contents): boolean {
  return !['gcd', 'lcm', 'binomial', 'factorial', 'double-factorial'].some((name) => calls.has(name as FunctionName))
}

function holdsGrowth(expression: Expression): boolean {
  return isGrowing(expression) || partsOf(expression).some(holdsGrowth)
}

function readScene(a: Expression, b: Expression, contents: Contents, session: Session) {
  const letters = complexLetters(a, b, contents)
  const turns = turnsOf([a, b], letters.names, session)
  const isOfParts = planar.some((name) => contents.calls.has(name))
  const hasComplexPoints = letters.names.size > 0 && (turns.length > 0 || isOfParts)
  return { letters, turns, reach: reachOf([a, b], session), hasComplexPoints }
}

/** Where they differ; a function without a meaning, or a letter renamed here, has no name to show. */
function showPoint(point: Point): string {
  if ([...point.keys()].some((name) => /[!$]|'\d?$/.test(name) && !/^[a-zA-Z]'{1,3}$/.test(name)))
    return 'different, as far as the functions are known'
  const shown = [...point]
    .map(([name, { re, im }]) => `${name} = ${showRational(re)}${isReal({ re, im }) ? '' : ` + ${showRational(im)} i`}`)
    .join(', ')
  return `different at ${shown}`
}
