// One row of the conformance table: how to draw applications of an operator and how to build them. A drawn application
// is plain data, so that fast-check can print and shrink it.
import fc from 'fast-check'
import { type Rng, stream } from '../../base/rng.ts'
import { bindDim, type Dim, type Shape } from '../shape.ts'
import type { Attrs, Tensor } from '../tensor.ts'

/** Sizes of the named dimensions A and B. */
export type Sizes = Readonly<Record<'A' | 'B', number>>

/** Which numbers an operand holds; the last two are int32 indices. */
export type Domain =
  /** In [-2, 2]. */
  | 'any'
  /** In [0.3, 2.3]. */
  | 'positive'
  /** Of either sign, 0.3 or more away from zero. */
  | 'nonzero'
  /** All different, also from those of every other operand, by 0.01 or more. */
  | 'distinct'
  | { readonly below: Dim }
  /** As `below`, but no index twice. */
  | { readonly distinctBelow: Dim }

/** An input of an application. */
export interface Operand {
  readonly shape: Shape
  readonly domain: Domain
  readonly dtype: 'float32' | 'int32'
}

/** One application of an operator. */
export interface Application {
  readonly operands: readonly Operand[]
  readonly attrs: Attrs
}

/** How to test one kind of operator. */
export interface OperatorCase {
  readonly kind: string
  readonly draw: fc.Arbitrary<Application>
  readonly build: (operands: readonly Tensor[], attrs: Attrs) => Tensor | readonly Tensor[]
  /** Absent: compared with finite differences. `zero`: no gradient passes. `none`: the result has no derivative. */
  readonly gradient?: 'zero' | 'none'
  /** Operands that are never differentiated although they hold floats. */
  readonly tables?: readonly number[]
  /** Why A and B are 1 or more: what the operator cannot do with no numbers. */
  readonly neverEmpty?: string
}

/** Largest operand, with A = B = 3: finite differences evaluate the graph twice for each number. */
const MOST = 36

const upperBound = (shape: Shape): number => shape.map((dim) => bindDim(dim, { A: 3, B: 3 })).reduce((a, b) => a * b, 1)

export const isSmall = (shape: Shape): boolean => upperBound(shape) <= MOST

/** A fixed size, a name, a product of names or a sum of one. */
export const dims: fc.Arbitrary<Dim> = fc.constantFrom<Dim[]>(1, 2, 3, 'A', 'B', 'A*B', '(A+2)')
export const fixedDims = fc.integer({ min: 1, max: 4 })

/** Shapes of rank `min` to `max`. */
export const shapes = (min = 0, max = 4): fc.Arbitrary<Shape> =>
  fc.array(dims, { minLength: min, maxLength: max, size: 'max' }).filter(isSmall)

/** A shape that broadcasts to this one: leading axes left out, some of the others one. */
export const broadcastable = (shape: Shape): fc.Arbitrary<Shape> =>
  fc
    .tuple(fc.nat({ max: shape.length }), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }))
    .map(([lead, ones]) => shape.map((dim, axis) => (ones[axis] ? 1 : dim)).slice(lead))

/** Two shapes that broadcast together. */
export const broadcastPairs: fc.Arbitrary<readonly [Shape, Shape]> = shapes().chain((shape) =>
  fc.oneof(
    fc.tuple(fc.constant(shape), broadcastable(shape)),
    fc.tuple(broadcastable(shape), fc.constant(shape)),
    // The rows of one against the columns of the other.
    fc.constant<[Shape, Shape]>(isSmall([...shape, 3]) ? [[...shape, 1], [3]] : [[2, 1], ['A']]),
  ),
)

export const operand = (shape: Shape, domain: Domain = 'any', dtype: Operand['dtype'] = 'float32'): Operand => ({
  shape,
  domain,
  dtype: typeof domain === 'object' ? 'int32' : dtype,
})

/** The same application with any of these types. */
export const dtypes = (allowInt: boolean): fc.Arbitrary<Operand['dtype']> =>
  allowInt ? fc.constantFrom('float32', 'float32', 'int32') : fc.constant('float32')

/** Numbers for operand `slot`, repeatable from the seed; float32 values, so that every backend reads the same. */
export function numbersFor(
  { shape, domain, dtype }: Operand,
  slot: number,
  seed: number,
  sizes: Sizes,
): Float32Array | Int32Array {
  const rng = stream(seed, 'conformance', slot)
  const count = shape.map((dim) => bindDim(dim, sizes)).reduce((a, b) => a * b, 1)
  if (typeof domain === 'object') return indices(domain, count, rng, sizes)
  // Few whole numbers, so that ties happen; never zero where zero is a kink or a divisor.
  if (dtype === 'int32') {
    const whole = (): number =>
      domain === 'any' || domain === 'distinct' ? rng.int(7) - 3 : (rng.int(2) * 2 - 1) * (1 + rng.int(3))
    return Int32Array.from({ length: count }, whole)
  }
  if (domain === 'distinct') {
    const grid = rng.shuffle(Array.from({ length: count }, (_, i) => i - count / 2))
    return Float32Array.from(grid, (i) => 0.1 * i + 0.02 * (slot % 4) + 0.01)
  }
  const draw: Record<typeof domain, () => number> = {
    any: () => 4 * rng.next() - 2,
    positive: () => 0.3 + 2 * rng.next(),
    nonzero: () => (rng.int(2) * 2 - 1) * (0.3 + 2 * rng.next()),
  }
  return Float32Array.from({ length: count }, draw[domain])
}

function indices(domain: { below: Dim } | { distinctBelow: Dim }, count: number, rng: Rng, sizes: Sizes): Int32Array {
  if ('below' in domain) {
    const bound = bindDim(domain.below, sizes)
    return Int32Array.from({ length: count }, () => rng.int(bound))
  }
  const places = Array.from({ length: bindDim(domain.distinctBelow, sizes) }, (_, i) => i)
  return Int32Array.from(rng.shuffle(places).slice(0, count))
}
