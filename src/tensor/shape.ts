// Symbolic shapes: every dimension is a number or a name that is bound when a program runs.
// A name may be a product (`B*T`) or a sum (`(P+C)`) of others. Knows nothing of tensors or operators.
import { GradusError } from '../base/error.ts'

/** A fixed size, or the name of one that is bound at run time. */
export type Dim = number | string
export type Shape = readonly Dim[]

/** `[B, T, 128]` */
export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`

/** An error that names the operator and every shape it was given. */
export function shapeError(op: string, shapes: readonly Shape[], why: string): GradusError {
  return new GradusError('tensor/shape', `${op}: ${shapes.map(showShape).join(' and ')} ${why}`, {
    hint: 'Check the operands: dimensions must be equal numbers, equal names, or 1 where the operator broadcasts.',
  })
}

/** The axis as a non-negative number; throws when it is outside the rank. */
export function resolveAxis(op: string, shape: Shape, axis: number): number {
  const resolved = axis < 0 ? axis + shape.length : axis
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= shape.length)
    throw shapeError(op, [shape], `has no axis ${axis}`)
  return resolved
}

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((dim, axis) => sameDim(dim, b[axis]))

/** Equal as written, or equal as products. */
export function sameDim(a: Dim, b: Dim): boolean {
  return a === b || (typeof a === 'string' && typeof b === 'string' && factorsOf([a]).key === factorsOf([b]).key)
}

/** The shape both operands broadcast to, NumPy's rules; names equal only themselves. */
export function broadcast(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  const out: Dim[] = []
  for (let i = 0; i < rank; i++) {
    const left = a[i - rank + a.length] ?? 1
    const right = b[i - rank + b.length] ?? 1
    if (left === 1) out.push(right)
    else if (right === 1 || sameDim(left, right)) out.push(left)
    else throw shapeError(op, [a, b], `do not broadcast (${left} against ${right})`)
  }
  return out
}

/** A product of dimensions as its numeric part and its sorted names. */
export function factorsOf(shape: Shape): { number: number; names: string[]; key: string } {
  let number = 1
  const names: string[] = []
  for (const dim of shape) {
    if (typeof dim === 'number') number *= dim
    else
      for (const factor of splitTop(dim, '*')) {
        if (/^\d+$/.test(factor)) number *= Number(factor)
        else names.push(factor)
      }
  }
  names.sort()
  return { number, names, key: `${number}|${names.join('*')}` }
}

/** The product of dimensions as one dimension. */
export function productDim(shape: Shape): Dim {
  const { number, names } = factorsOf(shape)
  if (names.length === 0) return number
  return number === 1 ? names.join('*') : `${number}*${names.join('*')}`
}

/** The sum of dimensions as one dimension. */
export function sumDim(dims: readonly Dim[]): Dim {
  if (dims.every((dim) => typeof dim === 'number')) return dims.reduce<number>((a, b) => a + (b as number), 0)
  return dims.length === 1 ? dims[0] : `(${dims.join('+')})`
}

/** The size of a dimension, given the sizes of the names in it. */
export function bindDim(dim: Dim, sizes: Readonly<Record<string, number>>): number {
  if (typeof dim === 'number') return dim
  let product = 1
  for (const factor of splitTop(dim, '*')) {
    if (factor.startsWith('(') && factor.endsWith(')'))
      product *= splitTop(factor.slice(1, -1), '+').reduce((sum, term) => sum + bindDim(term, sizes), 0)
    else if (/^\d+$/.test(factor)) product *= Number(factor)
    else {
      const size = sizes[factor]
      if (size === undefined)
        throw new GradusError('tensor/unbound-dimension', `dimension "${factor}" has no size`, {
          hint: `Give it with the others: ${Object.keys(sizes).join(', ') || 'none were given'}.`,
        })
      product *= size
    }
  }
  return product
}

/** The atomic names in a dimension. */
export function namesIn(dim: Dim): string[] {
  return typeof dim === 'number' ? [] : dim.split(/[*+()]/).filter((part) => part !== '' && !/^\d+$/.test(part))
}

/** Splits at a separator that is not inside parentheses. */
function splitTop(text: string, separator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++
    else if (text[i] === ')') depth--
    else if (text[i] === separator && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  parts.push(text.slice(start))
  return parts
}
