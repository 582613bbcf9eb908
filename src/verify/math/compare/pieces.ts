// Points in every piece of a pair of functions, if the pieces can be told. One variable: between all breaks. Several:
// breaks that belong to one variable each part space into boxes, one point for each; breaks across variables are met by
// lines through the boxes, which finds every piece only of two such breaks at most, each a plane, a cone or a level of a
// homogeneous function, whose pieces reach from the centre or to the far.
import type { Rng } from '../../../base/rng.ts'
import type { Expression, FunctionName, Rational } from '../expression.ts'
import * as g from '../number/gaussian.ts'
import * as p from '../number/polynomial.ts'
import { attempt } from '../number/work.ts'
import { breakPoints } from './break-points.ts'
import { contentsOf, isConstant, numberExpression, partsOf, replaceSymbol } from './expression-shape.ts'
import { type Fraction, fractionKey } from './fraction.ts'
import { toFraction } from './fraction-form.ts'
import { isPositive } from './is-positive.ts'
import { piecePoints } from './piece-points.ts'
import type { Point } from './probe-points.ts'
import { type Turn, turnsOf } from './turning.ts'
import type { Session } from './verdict.ts'

export interface Pieces {
  readonly points: readonly Point[]
  /** Whether there is a point in every piece. */
  readonly areAll: boolean
}

const none: Pieces = { points: [], areAll: false }
const mostBoxes = 200
const mostLines = 8
const mostAcross = 2

/** `names` in order; `reach` is beyond the constants. */
export function pieces(
  a: Expression,
  b: Expression,
  names: readonly string[],
  turns: readonly Turn[],
  reach: bigint,
  rng: Rng,
  session: Session,
): Pieces {
  const [only] = names
  if (names.length === 1) {
    const values = valuesOf(turns, only, reach, rng, session)
    if (values === undefined) return none
    return { points: values.map((value) => new Map([[only, g.fromRational(value)]])), areAll: true }
  }
  const apart = takeApart(turns, session)
  if (apart === undefined) return none
  const axes = names.map((name) => {
    const own = apart.alone.filter((turn) => turn.as !== 'anywhere' && contentsOf(turn.of).symbols.has(name))
    return valuesOf(own, name, reach, rng, session)
  })
  if (!axes.every((axis) => axis !== undefined)) return none
  const boxes = boxesOf(names, axes, rng)
  if (boxes === undefined) return none
  if (apart.across.length === 0) return { points: boxes, areAll: true }
  const lines = linesThrough(boxes, a, b, names, reach, rng, session)
  if (lines === undefined) return { points: boxes, areAll: false }
  const areKnown = apart.across.length <= mostAcross && apart.across.every((of) => isEvenlySpread(of, session))
  return { points: [...boxes, ...lines], areAll: areKnown }
}

function valuesOf(
  turns: readonly Turn[],
  name: string,
  reach: bigint,
  rng: Rng,
  session: Session,
): readonly Rational[] | undefined {
  const found = breakPoints(turns, name, session)
  return found && piecePoints(found, reach, rng)
}

interface Apart {
  /** Turns of one variable each. */
  readonly alone: readonly Turn[]
  /** Different factors that hold several variables. */
  readonly across: readonly Expression[]
}

/** Turns by their factors: xy is zero where x or y is. */
function takeApart(turns: readonly Turn[], session: Session): Apart | undefined {
  const alone: Turn[] = []
  const across = new Map<string, Expression>()
  for (const turn of turns) {
    if (turn.as === 'anywhere') return undefined
    const count = contentsOf(turn.of).symbols.size
    if (count === 1) {
      alone.push(turn)
      continue
    }
    if (turn.as === 'whole') return undefined
    // A pole is the zero of a denominator: more factors than needed do no harm.
    for (const factor of factorsOf(turn.of, session)) {
      const size = contentsOf(factor).symbols.size
      if (size === 1) alone.push({ as: 'zero', of: factor, isCut: false })
      else across.set(keyUpToSign(factor, session) ?? `${across.size}`, factor)
    }
  }
  return { alone, across: [...across.values()] }
}

function factorsOf(of: Expression, session: Session): readonly Expression[] {
  if (isConstant(of)) return []
  switch (of.kind) {
    case 'negative':
      return factorsOf(of.of, session)
    case 'product':
      return of.factors.flatMap((factor) => factorsOf(factor, session))
    case 'quotient':
      return [...factorsOf(of.top, session), ...factorsOf(of.bottom, session)]
    case 'power':
      return factorsOf(of.base, session)
    default:
      return isPositive(of, session) && !mayHavePoles(of) ? [] : [of]
  }
}

function mayHavePoles(of: Expression): boolean {
  if (isConstant(of)) return false
  if (of.kind === 'quotient' && !isConstant(of.bottom)) return true
  if (of.kind === 'power' && (of.exponent.kind !== 'number' || of.exponent.value.top < 0n)) return true
  if (of.kind === 'call' && !entire.has(of.name)) return true
  return partsOf(of).some(mayHavePoles)
}

const entire: ReadonlySet<FunctionName> = new Set(['exp', 'sin', 'cos', 'sinh', 'cosh', 'abs', 'arctan', 'arsinh'])

function keyUpToSign(of: Expression, session: Session): string | undefined {
  return attempt(session.work, 0.2, (work) => {
    const ring = p.makeRing(work)
    const form = toFraction(of, ring)
    const [first] = p.sortedTerms(form.top, ring)
    if (first === undefined) return undefined
    const by = first.term.coefficient
    const scaled = p.scalePolynomial(
      form.top,
      { top: by.bottom * (by.top < 0n ? -1n : 1n), bottom: by.top < 0n ? -by.top : by.top },
      ring,
    )
    return fractionKey({ top: scaled, bottom: form.bottom }, ring)
  })
}

/** One point for every combination of values, when there are not too many. */
function boxesOf(names: readonly string[], axes: readonly (readonly Rational[])[], rng: Rng): Point[] | undefined {
  const count = axes.reduce((product, axis) => product * axis.length, 1)
  if (count <= mostBoxes) {
    let points: ReadonlyMap<string, g.Gaussian>[] = [new Map()]
    axes.forEach((axis, i) => {
      points = points.flatMap((point) => axis.map((value) => new Map([...point, [names[i], g.fromRational(value)]])))
    })
    return points
  }
  // Too many to try all: each axis with few values has all its signs and sizes among some random choices.
  if (axes.some((axis) => axis.length > 7)) return undefined
  return Array.from(
    { length: mostBoxes },
    () => new Map(names.map((name, i) => [name, g.fromRational(rng.pick(axes[i]))])),
  )
}

/** Along lines parallel to the axes, where all others are constants, the breaks of one variable can be told. */
function linesThrough(
  boxes: readonly Point[],
  a: Expression,
  b: Expression,
  names: readonly string[],
  reach: bigint,
  rng: Rng,
  session: Session,
): readonly Point[] | undefined {
  const points: Point[] = []
  for (let k = 0; k < mostLines; k++) {
    const through = rng.pick(boxes)
    const name = names[k % names.length]
    const fixed = [a, b].map((side) =>
      names.reduce((sum, other) => {
        const value = other === name ? undefined : through.get(other)
        return value === undefined ? sum : replaceSymbol(sum, other, numberExpression(value.re))
      }, side),
    )
    const values = valuesOf(turnsOf(fixed, new Set(), session), name, reach, rng, session)
    if (values === undefined) return undefined
    for (const value of values) points.push(new Map([...through, [name, g.fromRational(value)]]))
  }
  return points
}

/** Whether a polynomial's terms have one degree, or that and zero, or are linear. */
function isEvenlySpread(of: Expression, session: Session): boolean {
  const found = attempt(session.work, 0.2, (work) => {
    const ring = p.makeRing(work)
    return isSpread(toFraction(of, ring), ring)
  })
  return found === true
}

function isSpread({ top, bottom }: Fraction, ring: p.Ring): boolean {
  return [top, bottom].every((side) => {
    const degrees = new Set<number>()
    for (const { factors } of side.values()) {
      let degree = 0
      for (const { kernel, power } of factors) {
        const name = ring.names[kernel]
        if (name.startsWith('$')) degree += power
        // A function of variables has no degree.
        else if (name.includes('$') || name === 'i') return false
      }
      degrees.add(degree)
    }
    const highest = Math.max(0, ...degrees)
    return highest <= 1 || [...degrees].every((degree) => degree === 0 || degree === highest)
  })
}
