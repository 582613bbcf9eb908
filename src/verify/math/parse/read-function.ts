// Functions and what they are applied to: `\sin^2 2x`, `\log_2 8`, `\max(1, 2)`, `\sin^{-1} x`. Without brackets an
// argument is a product without signs between its factors, and ends at the next function.
import type { Expression, FunctionName } from '../expression.ts'
import { endsArgument } from './argument-end.ts'
import { placesAtTop } from './brackets.ts'
import { call, integer, power, product, quotient, root, sum, unknownCall } from './build-expression.ts'
import { type Cursor, deeper, inBrackets, isBracket, isOperator, peek, within } from './cursor.ts'
import type { Token } from './token.ts'
import { Unreadable } from './unreadable.ts'
import { functionSpellings, gluedFunction, isMathWord, isProductOfLetters } from './words.ts'

const inverses: Readonly<Record<string, FunctionName>> = {
  sin: 'arcsin',
  cos: 'arccos',
  tan: 'arctan',
  cot: 'arccot',
  sec: 'arcsec',
  csc: 'arccsc',
  sinh: 'arsinh',
  cosh: 'arcosh',
  tanh: 'artanh',
}

const manyArguments = new Set(['gcd', 'lcm', 'min', 'max'])

/** Reads a function's index, exponent and argument; its name is already behind the cursor. */
export function readFunction(c: Cursor, spelling: string): Expression {
  const name = functionSpellings.get(spelling) ?? spelling
  let index: Expression | undefined
  let exponent: Expression | undefined
  while (c.letter === 0) {
    if (index === undefined && isOperator(c, '_')) index = readScript(c)
    else if (exponent === undefined && isOperator(c, '^')) exponent = readScript(c)
    else break
  }
  if (index !== undefined && name !== 'log') throw new Unreadable(`${name} has no index`)
  c.calls++
  const args = deeper(c, (inner) => readArguments(inner, name))
  c.calls--
  if (exponent !== undefined && inverses[name] !== undefined && isMinusOne(exponent)) {
    return apply(c, inverses[name], args, index)
  }
  const value = apply(c, name, args, index)
  return exponent === undefined ? value : power(value, exponent)
}

function isMinusOne(e: Expression): boolean {
  return e.kind === 'number' && e.value.top === -1n && e.value.bottom === 1n
}

/** One token or a group behind `^` or `_`. */
function readScript(c: Cursor): Expression {
  c.at++
  if (isBracket(c, '{') || isBracket(c, '(')) return inBrackets(c, c.rules.sum)
  if (c.at >= c.end) throw new Unreadable('nothing behind a sign')
  const sign = isOperator(c, '-') ? 1 : 0
  return within(c, c.at, c.at + sign + 1, c.at + sign + 1, c.rules.sum)
}

function readArguments(c: Cursor, name: string): Expression[] {
  const token = peek(c)
  if (token === undefined) throw new Unreadable('a function of nothing')
  const isOpen = token.kind === 'bracket' && ['(', '[', '{', '|(', '\\{'].includes(token.text)
  if (c.letter > 0 || !isOpen || token.text === '|(') return [readBareArgument(c, name)]
  return readBracketed(c)
}

/** `(a, b)`: the arguments between separators. */
export function readBracketed(c: Cursor): Expression[] {
  const close = c.match[c.at]
  if (close <= c.at || close >= c.end) throw new Unreadable('a bracket is not closed')
  const from = c.at + 1
  const commas = placesAtTop(c.tokens, c.match, from, close, (token) => token.kind === 'separator')
  const starts = [from, ...commas.map((at) => at + 1)]
  const args = starts.map((start, i) => within(c, start, commas[i] ?? close, close, c.rules.sum))
  c.at = close + 1
  return args
}

function readBareArgument(c: Cursor, name: string): Expression {
  const isNegated = isOperator(c, '-')
  if (isNegated) c.at++
  const first = peek(c)
  const from = c.at
  const factors = [c.rules.factor(c)]
  const wasBar = first?.kind === 'bar' || first?.text === '|('
  while (!wasBar && continuesArgument(c) && !endsArgument(c, name, from)) factors.push(c.rules.factor(c))
  let value = product(factors)
  // \sin \pi/4 is meant as \sin(\pi/4); \sin x/2 stays (\sin x)/2.
  const hasPi = factors.some((f) => f.kind === 'constant' && f.name === 'pi')
  if (hasPi && isOperator(c, '/') && c.tokens[c.at + 1]?.kind === 'number' && c.at + 1 < c.end) {
    c.at++
    value = quotient(value, c.rules.factor(c))
  }
  return isNegated ? { kind: 'negative', of: value } : value
}

function continuesArgument(c: Cursor): boolean {
  const token = peek(c)
  if (token === undefined) return false
  if (c.letter > 0) return true
  return isVariable(token) || token.kind === 'constant' || (token.kind === 'command' && token.text !== 'dot')
}

function isVariable(token: Token): boolean {
  if (token.kind === 'name') return true
  if (token.kind !== 'word' || functionSpellings.has(token.text) || gluedFunction(token.text)) return false
  return isMathWord(token.text) || isProductOfLetters(token.text, token.inText)
}

function apply(c: Cursor, name: string, args: readonly Expression[], index?: Expression): Expression {
  if (manyArguments.has(name)) {
    // "max 5" and "min 5" are bounds.
    if (args.length < 2) throw new Unreadable(`${name} takes several arguments`)
    return call(name as FunctionName, ...args)
  }
  if (name === 'binomial' || name === 'mod') {
    if (args.length !== 2) throw new Unreadable(`${name} takes two arguments`)
    return call(name, ...args)
  }
  if (args.length !== 1) throw new Unreadable(`${name} takes one argument`)
  const [of] = args
  if (name === 'sqrt') return root(of)
  if (name === 'cis') return sum([call('cos', of), product([{ kind: 'constant', name: 'i' }, call('sin', of)])])
  if (name === 'cbrt') return root(of, integer(3))
  if (name === 'lg') return logarithm(of, integer(10))
  if (name === 'log') return index === undefined ? bareLogarithm(c, of) : logarithm(of, index)
  if (!isFunctionName(name)) throw new Unreadable(`no function ${name}`)
  return call(name, of)
}

/** With `either` the base stays open: an unknown function `log`, equal to itself only. */
function bareLogarithm(c: Cursor, of: Expression): Expression {
  if (c.reading.log === 'base-10') return logarithm(of, integer(10))
  return c.reading.log === 'natural' ? call('ln', of) : unknownCall('log', [of])
}

function logarithm(of: Expression, base: Expression): Expression {
  return quotient(call('ln', of), call('ln', base))
}

const unary = new Set<string>([...functionSpellings.values(), ...Object.values(inverses)])

function isFunctionName(name: string): name is FunctionName {
  return unary.has(name)
}
