// Which variables stand for complex numbers: those inside a conjugate, a real or imaginary part or an argument, unless i
// stands there with them (the a and b of a + bi), and z and w by convention, unless x or y stand beside them (a third coordinate) or a function is taken of them that only
// real numbers have.
import type { Expression, FunctionName } from '../expression.ts'
import { type Contents, contentsOf, partsOf } from './expression-shape.ts'

const complexCalls: ReadonlySet<FunctionName> = new Set(['conjugate', 're', 'im', 'arg'])
const realCalls: readonly FunctionName[] = ['floor', 'ceil', 'sign', 'min', 'max', 'mod', 'gcd', 'lcm']

export interface ComplexLetters {
  readonly names: ReadonlySet<string>
  /** Whether they are complex beyond doubt; w alone is as often a width. */
  readonly isCertain: boolean
}

export function complexLetters(a: Expression, b: Expression, { symbols, calls }: Contents): ComplexLetters {
  const names = new Set<string>()
  const stack = [a, b]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.kind === 'call' && complexCalls.has(node.name)) {
      const inside = contentsOf(node)
      if (!inside.hasImaginary) for (const name of inside.symbols) names.add(name)
    }
    stack.push(...partsOf(node))
  }
  let isCertain = names.size > 0
  const isSpatial = [...symbols].some((name) => /^[xy](?:_|$)/.test(name))
  if (isSpatial || realCalls.some((name) => calls.has(name))) return { names, isCertain }
  for (const name of symbols) {
    if (!/^[zw](?:_|$)/.test(name)) continue
    names.add(name)
    isCertain ||= name.startsWith('z')
  }
  return { names, isCertain }
}
