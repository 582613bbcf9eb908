// The value of an expression at a point: exact where it is a Gaussian rational, otherwise a rigorous interval. What
// has no value, or none that can be told at this precision, stops (see number/work.ts). Functions are in evaluate-call.ts.
import type { Expression } from '../expression.ts'
import * as g from '../number/gaussian.ts'
import { isZero } from '../number/gaussian.ts'
import * as iv from '../number/interval.ts'
import * as f from '../number/interval-functions.ts'
import * as q from '../number/rational.ts'
import * as v from '../number/value.ts'
import { Stop, spend } from '../number/work.ts'
import { evaluateCall } from './evaluate-call.ts'
import { isConstant } from './expression-shape.ts'

/** Where and how precisely an expression is evaluated. */
export interface Scene extends v.Arithmetic {
  readonly point: ReadonlyMap<string, g.Gaussian>
  /** A letter that runs through an interval: the value then holds all values on it. */
  readonly stretch?: { readonly name: string; readonly value: v.Value }
  /** How large and how small what was met is, in bits: two values that agree to fewer bits than this may still differ. */
  readonly seen: { leaves: number; extreme: number }
}

/** Stops when there is no value. */
export function evaluate(expression: Expression, scene: Scene): v.Value {
  spend(scene.work, 1)
  const value = evaluateNode(expression, scene)
  note(value, scene)
  return value
}

function note(value: v.Value, scene: Scene): void {
  if (value.kind === 'exact') {
    if (isZero(value.exact)) return
    const { re, im } = value.exact
    const size = Math.max(q.sizeOf(re), q.sizeOf(im))
    if (size > scene.seen.extreme) scene.seen.extreme = size
    return
  }
  for (const part of [value.complex.re, value.complex.im]) {
    if (iv.containsZero(part)) continue
    const magnitude = Math.abs(iv.magnitudeOf(part))
    if (magnitude > scene.seen.extreme) scene.seen.extreme = magnitude
  }
}

function evaluateNode(expression: Expression, scene: Scene): v.Value {
  switch (expression.kind) {
    case 'number':
      scene.seen.leaves += q.sizeOf(expression.value)
      return v.exactValue(expression.value)
    case 'constant':
      return evaluateConstant(expression.name, scene)
    case 'symbol': {
      if (scene.stretch?.name === expression.name) return scene.stretch.value
      const value = scene.point.get(expression.name)
      if (value === undefined) throw new Stop('unclear')
      return { kind: 'exact', exact: value }
    }
    case 'sum':
      return expression.terms.reduce<v.Value>(
        (sum, term) => v.addValues(sum, evaluate(term, scene), scene),
        v.exactValue(q.zero),
      )
    case 'product':
      return expression.factors.reduce<v.Value>(
        (product, factor) => v.multiplyValues(product, evaluate(factor, scene), scene),
        v.exactValue(q.one),
      )
    case 'quotient':
      return v.divideValues(evaluate(expression.top, scene), evaluate(expression.bottom, scene), scene)
    case 'negative':
      return v.negateValue(evaluate(expression.of, scene))
    case 'power':
      return evaluatePower(expression.base, expression.exponent, scene)
    case 'call': {
      const values = expression.arguments.map((argument) => evaluate(argument, scene))
      // How close to 1 they are shows in e^2x.
      if ((expression.name === 'tanh' || expression.name === 'coth') && !scene.exactOnly)
        note(evaluateCall('exp', [v.addValues(values[0], values[0], scene)], scene), scene)
      return evaluateCall(expression.name, values, scene)
    }
    case 'plus-minus':
    case 'unknown-call':
      throw new Stop('unclear')
    default:
      expression satisfies never
      throw new Stop('unclear')
  }
}

function evaluateConstant(name: 'pi' | 'e' | 'i' | 'phi' | 'infinity', scene: Scene): v.Value {
  if (name === 'i') return { kind: 'exact', exact: g.imaginaryUnit }
  if (scene.exactOnly || name === 'infinity') throw new Stop('unclear')
  if (name === 'pi') return v.realValue(f.pi(scene))
  if (name === 'e') return v.realValue(f.exp(iv.oneInterval, scene))
  const root = iv.rootOf({ middle: 5n, radius: 0n, exponent: 0 }, 2, scene.bits)
  return v.realValue(iv.scale(iv.add(iv.oneInterval, root, scene.bits), -1))
}

function evaluatePower(base: Expression, exponent: Expression, scene: Scene): v.Value {
  const power = evaluate(exponent, scene)
  if (base.kind === 'constant' && base.name === 'e') return evaluateCall('exp', [power], scene)
  const value = evaluate(base, scene)
  const rational = v.asRational(power)
  if (rational === undefined) return v.generalPower(value, power, scene)
  // At x = -2, whether x^y is real would hang on how the point y = 17/101 happens to be written.
  const isOpen = rational.bottom !== 1n && !isConstant(exponent) && !isConstant(base) && isBelowZero(value)
  if (isOpen) throw new Stop('undefined')
  return v.rationalPower(value, rational, scene)
}

function isBelowZero(value: v.Value): boolean {
  if (value.kind === 'exact') return value.exact.im.top === 0n && value.exact.re.top < 0n
  return iv.isExactZero(value.complex.im) && iv.signOf(value.complex.re) === -1
}
