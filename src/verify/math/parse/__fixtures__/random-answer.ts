// Random answers and expressions in the reader's normal form, for property tests together with renderAnswer.
import type { Rng } from '../../../../base/rng.ts'
import type { Answer, RelationSign } from '../../answer.ts'
import type { Expression, FunctionName } from '../../expression.ts'
import {
  call,
  integer,
  negative,
  numberOf,
  power,
  product,
  quotient,
  rational,
  root,
  sum,
  symbol,
  unknownCall,
} from '../build-expression.ts'

const letters = ['x', 'y', 'z', 'a', 'b', 'n', 'k', 't', 'theta', 'alpha', 'x_1', 'a_n', "y'"]
const functions: readonly FunctionName[] = [
  'sin',
  'cos',
  'tan',
  'arctan',
  'ln',
  'exp',
  'abs',
  'floor',
  'ceil',
  'sinh',
  'artanh',
]

/** A random expression of at most `depth` levels. */
export function randomExpression(rng: Rng, depth = 3): Expression {
  if (depth <= 0 || rng.int(4) === 0) return randomLeaf(rng)
  const next = (): Expression => randomExpression(rng, depth - 1)
  switch (rng.int(9)) {
    case 0:
      return sum([next(), next()])
    case 1:
      return sum([next(), negative(next()), next()])
    case 2:
      return product([next(), next()])
    case 3:
      return quotient(next(), next())
    case 4:
      return power(next(), rng.int(2) === 0 ? integer(2 + rng.int(8)) : next())
    case 5:
      return negative(next())
    case 6:
      return root(next(), integer(2 + rng.int(3)))
    case 7:
      return rng.int(5) === 0 ? randomCall(rng, next) : call(rng.pick(functions), next())
    default:
      return sum([next(), { kind: 'plus-minus', of: next() }])
  }
}

function randomCall(rng: Rng, next: () => Expression): Expression {
  switch (rng.int(5)) {
    case 0:
      return call('binomial', next(), next())
    case 1:
      return call('factorial', next())
    case 2:
      return call('max', next(), next())
    case 3:
      return call('mod', next(), next())
    default:
      return unknownCall(rng.pick(['f', "f'", 'g', 'f^-1', 'log']), [next()])
  }
}

function randomLeaf(rng: Rng): Expression {
  switch (rng.int(6)) {
    case 0:
      return integer(rng.int(10))
    case 1:
      return integer(rng.int(100_000) - 50_000)
    case 2: {
      const places = 1 + rng.int(3)
      return numberOf(rational(BigInt(1 + rng.int(5000)), 10n ** BigInt(places)), places)
    }
    case 3:
      return { kind: 'constant', name: rng.pick(['pi', 'e', 'i']) }
    default:
      return symbol(rng.pick(letters))
  }
}

const ofExpression = (expression: Expression): Answer => ({ kind: 'expression', expression })

/** A random answer of any kind. */
export function randomAnswer(rng: Rng): Answer {
  const value = (): Answer => ofExpression(randomExpression(rng, 2))
  const several = (least: number): Answer[] => Array.from({ length: least + rng.int(3) }, value)
  switch (rng.int(16)) {
    case 0:
      return value()
    case 1: {
      const items = several(2)
      return items.length === 2 ? { kind: 'tuple', items, mayBeInterval: true } : { kind: 'tuple', items }
    }
    case 2:
      return { kind: 'list', items: several(2) }
    case 3:
      return { kind: 'set', items: rng.int(4) === 0 ? [] : several(1) }
    case 4:
      return randomInterval(rng)
    case 5: {
      const operator = rng.pick(['union', 'intersection', 'difference'] as const)
      return { kind: 'set-operation', operator, parts: [randomInterval(rng), randomInterval(rng)] }
    }
    case 6:
      return { kind: 'named-set', name: rng.pick(['reals', 'integers', 'naturals', 'rationals', 'complex', 'primes']) }
    case 7:
      return { kind: 'set-builder', variable: 'x', condition: randomRelation(rng) }
    case 8:
      return randomRelation(rng)
    case 9: {
      const sign = rng.pick<RelationSign>(['<', '≤', '=', '>'])
      return { kind: 'chain', parts: [value(), value(), value()], signs: [sign, sign] }
    }
    case 10: {
      const width = 1 + rng.int(3)
      const rows = Array.from({ length: 1 + rng.int(3) }, () => Array.from({ length: width }, value))
      return { kind: 'matrix', rows }
    }
    case 11:
      return { kind: 'choice', letter: rng.pick(['A', 'B', 'C', 'D', 'E']) }
    case 12:
      return {
        kind: 'ratio',
        parts: Array.from({ length: 2 + rng.int(2) }, () => ofExpression(integer(10 + rng.int(90)))),
      }
    case 13:
      return {
        kind: 'text',
        text: rng.pick(['yes', 'no solution', 'tuesday', 'not enough information', 'monday', 'red ball']),
      }
    default:
      return randomQuantity(rng)
  }
}

function randomInterval(rng: Rng): Answer {
  const low = randomExpression(rng, 1)
  const high: Expression = rng.int(3) === 0 ? { kind: 'constant', name: 'infinity' } : randomExpression(rng, 1)
  const isInfinite = high.kind === 'constant' && high.name === 'infinity'
  const lowClosed = isInfinite ? rng.int(2) === 0 : true
  return { kind: 'interval', low, high, lowClosed, highClosed: !isInfinite && rng.int(2) === 0 }
}

function randomRelation(rng: Rng): Answer {
  const sign = rng.pick<RelationSign>(['=', '≠', '<', '>', '≤', '≥', '≈', '≡', '∈'])
  const left = ofExpression(symbol(rng.pick(['x', 'y', 'n'])))
  const right = sign === '∈' ? randomInterval(rng) : ofExpression(randomExpression(rng, 2))
  return { kind: 'relation', left, sign, right }
}

/** A number with a flag. */
function randomQuantity(rng: Rng): Answer {
  const whole = integer(1 + rng.int(500))
  switch (rng.int(5)) {
    case 0:
      return {
        ...ofExpression(whole),
        unit: rng.pick(['cm', 'cm^2', '$', 'degree', 'hour', 'mile/hour', 'apple', 'm/second^2']),
      }
    case 1:
      return { ...ofExpression(whole), percent: true }
    case 2:
      return { ...ofExpression(whole), approximate: true }
    case 3:
      return { ...ofExpression(whole), base: rng.pick([2, 3, 8, 16]) }
    default: {
      const bottom = 2 + rng.int(9)
      const part = quotient(integer(1 + rng.int(bottom - 1)), integer(bottom))
      return { ...ofExpression(sum([whole, part])), mixed: true }
    }
  }
}
