// Conformance rows of the operators that move, pick, place or sum numbers.
import fc from 'fast-check'
import { cumulativeSum, gather, oneHot, pick, place, scatterAdd } from '../ops/indexing.ts'
import { max, mean, sum } from '../ops/reduce.ts'
import { broadcastTo, concat, padAxis, reshape, slice, split, transpose } from '../ops/shaping.ts'
import { type Dim, productDim, type Shape, sumDim } from '../shape.ts'
import {
  type Application,
  broadcastable,
  type Domain,
  dims,
  dtypes,
  fixedDims,
  isSmall,
  type OperatorCase,
  operand,
  shapes,
} from './operator-case.ts'

const axisOf = (shape: Shape): fc.Arbitrary<number> => fc.nat({ max: shape.length - 1 })
const withAxis = (shape: Shape, axis: number, dim: Dim): Shape => shape.map((old, i) => (i === axis ? dim : old))

/** One operand and attributes drawn for its shape, with either type of number. */
const oneOperand = (
  shape: fc.Arbitrary<Shape>,
  attrsFor: (shape: Shape) => fc.Arbitrary<Application['attrs']>,
  domain: Domain = 'any',
  allowInt = true,
): fc.Arbitrary<Application> =>
  fc
    .tuple(shape, dtypes(allowInt))
    .chain(([own, dtype]) => attrsFor(own).map((attrs) => ({ operands: [operand(own, domain, dtype)], attrs })))

function reduction(
  kind: string,
  f: typeof sum,
  domain: Domain,
  options: { allowInt?: boolean; neverEmpty?: string } = {},
): OperatorCase {
  const attrsFor = (shape: Shape) =>
    fc.record({
      axes: fc.subarray(
        shape.map((_, axis) => axis),
        { minLength: 1 },
      ),
      keep: fc.boolean(),
    })
  return {
    kind,
    draw: oneOperand(shapes(1), attrsFor, domain, options.allowInt),
    build: ([x], { axes, keep }) => f(x, axes as number[], keep as boolean),
    neverEmpty: options.neverEmpty,
  }
}

/** The same factors under two groupings: neighbours multiplied, ones put in between, order changed. */
const regrouped: fc.Arbitrary<readonly [Shape, Shape]> = fc
  .array(fc.constantFrom<Dim[]>(2, 3, 'A', 'B', '(A+2)'), { maxLength: 4 })
  .filter(isSmall)
  .chain((factors) => {
    const grouping = fc
      .tuple(
        fc.shuffledSubarray(factors, { minLength: factors.length }),
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        fc.nat({ max: 4 }),
      )
      .map(([shuffled, joins, one]): Shape => {
        const groups: Dim[] = []
        shuffled.forEach((dim, i) => {
          if (i > 0 && joins[i]) groups.push(productDim([groups.pop() as Dim, dim]))
          else groups.push(dim)
        })
        return joins[0] ? groups.toSpliced(one, 0, 1) : groups
      })
    return fc.tuple(grouping, grouping)
  })

/** A shape, one axis of it, and sizes that this axis is joined from. */
const parts = fc
  .tuple(shapes(1, 3), fc.array(dims, { minLength: 2, maxLength: 3 }))
  .chain(([shape, sizes]) => axisOf(shape).map((axis) => ({ shape, sizes, axis })))
  .filter(({ shape, sizes, axis }) => isSmall(withAxis(shape, axis, sumDim(sizes))))

/** Rows [I..., ...] with indices [I...]; I has rank 0 to 2. */
const indexed = fc
  .tuple(shapes(0, 2), shapes(0, 2), fc.constantFrom<Dim[]>(1, 3, 'A', '(A+2)'))
  .filter(([lead, rest]) => isSmall([...lead, ...rest]))

const shapingCases: readonly OperatorCase[] = [
  {
    kind: 'reshape',
    draw: regrouped.chain(([from, to]) =>
      dtypes(true).map((dtype) => ({ operands: [operand(from, 'any', dtype)], attrs: { to } })),
    ),
    build: ([x], { to }) => reshape(x, to as Shape),
  },
  {
    kind: 'transpose',
    draw: oneOperand(shapes(), (shape) =>
      fc.record({
        order: fc.shuffledSubarray(
          shape.map((_, axis) => axis),
          { minLength: shape.length },
        ),
      }),
    ),
    build: ([x], { order }) => transpose(x, order as number[]),
  },
  {
    kind: 'slice',
    draw: fc
      .tuple(shapes(1), fixedDims, fc.nat({ max: 3 }), fc.nat({ max: 4 }))
      .chain(([shape, whole, start, size]) => {
        const from = Math.min(start, whole)
        return axisOf(shape).map((axis) => ({
          operands: [operand(withAxis(shape, axis, whole))],
          attrs: { axis, start: from, size: Math.min(size, whole - from) },
        }))
      }),
    build: ([x], { axis, start, size }) => slice(x, axis as number, start as number, size as number),
  },
  {
    kind: 'pad',
    draw: fc
      .tuple(shapes(1), fixedDims, fc.nat({ max: 2 }), fc.nat({ max: 2 }))
      .chain(([shape, whole, before, after]) =>
        axisOf(shape).map((axis) => ({
          operands: [operand(withAxis(shape, axis, whole))],
          attrs: { axis, before, after },
        })),
      ),
    build: ([x], { axis, before, after }) => padAxis(x, axis as number, before as number, after as number),
  },
  {
    kind: 'concat',
    draw: parts.chain(({ shape, sizes, axis }) =>
      dtypes(true).map((dtype) => ({
        operands: sizes.map((size) => operand(withAxis(shape, axis, size), 'any', dtype)),
        attrs: { axis },
      })),
    ),
    build: (xs, { axis }) => concat(xs, axis as number),
  },
  {
    kind: 'split',
    draw: parts.chain(({ shape, sizes, axis }) =>
      dtypes(true).map((dtype) => ({
        operands: [operand(withAxis(shape, axis, sumDim(sizes)), 'any', dtype)],
        attrs: { axis, sizes },
      })),
    ),
    build: ([x], { axis, sizes }) => split(x, axis as number, sizes as Dim[]),
  },
  {
    kind: 'broadcastTo',
    draw: shapes().chain((to) => broadcastable(to).map((from) => ({ operands: [operand(from)], attrs: { to } }))),
    build: ([x], { to }) => broadcastTo(x, to as Shape),
  },
]

const indexingCases: readonly OperatorCase[] = [
  {
    kind: 'gather',
    draw: fc.tuple(indexed, dtypes(true), fc.boolean()).map(([[lead, rest, count], dtype, promised]) => {
      // The promise that no index comes twice is for indices of one axis.
      const distinct = promised && lead.length === 1
      return {
        operands: [
          operand([distinct ? sumDim([lead[0], 2]) : count, ...rest], 'any', dtype),
          operand(lead, distinct ? { distinctBelow: sumDim([lead[0], 2]) } : { below: count }),
        ],
        attrs: { distinct },
      }
    }),
    build: ([x, indices], { distinct }) => gather(x, indices, { distinct: distinct as boolean }),
    neverEmpty: 'an index needs something to point at',
  },
  {
    kind: 'scatterAdd',
    draw: fc.tuple(indexed, dtypes(false)).map(([[lead, rest, count], dtype]) => ({
      operands: [operand([...lead, ...rest], 'any', dtype), operand(lead, { below: count })],
      attrs: { count },
    })),
    build: ([rows, indices], { count }) => scatterAdd(rows, indices, count as Dim),
    neverEmpty: 'an index needs something to point at',
  },
  {
    kind: 'place',
    draw: fc
      .tuple(shapes(0, 2), fc.constantFrom<[Dim, Dim][]>([2, 5], [3, 3], ['A', '(A+2)'], ['A', 'A']), dtypes(false))
      .map(([rest, [rows, count], dtype]) => ({
        operands: [operand([rows, ...rest], 'any', dtype), operand([rows], { distinctBelow: count })],
        attrs: { count },
      })),
    build: ([rows, indices], { count }) => place(rows, indices, count as Dim),
  },
  {
    kind: 'pick',
    draw: fc.tuple(shapes(2, 3), dtypes(true)).map(([shape, dtype]) => ({
      operands: [operand(shape, 'any', dtype), operand(shape.slice(0, -1), { below: shape[shape.length - 1] })],
      attrs: {},
    })),
    build: ([x, indices]) => pick(x, indices),
    neverEmpty: 'an index needs something to point at',
  },
  {
    kind: 'oneHot',
    draw: fc
      .tuple(shapes(1, 3), dims)
      .map(([shape, depth]) => ({ operands: [operand(shape, { below: depth })], attrs: { depth } })),
    build: ([indices], { depth }) => oneHot(indices, depth as Dim),
    gradient: 'none',
    neverEmpty: 'an index needs something to point at',
  },
  {
    kind: 'cumulativeSum',
    draw: oneOperand(shapes(1), (shape) => fc.record({ axis: axisOf(shape), reverse: fc.boolean() })),
    build: ([x], { axis, reverse }) => cumulativeSum(x, axis as number, reverse as boolean),
  },
]

export const structureCases: readonly OperatorCase[] = [
  reduction('sum', sum, 'any'),
  reduction('mean', mean, 'any', {
    allowInt: false,
    neverEmpty: 'the mean of nothing is NaN here and 0 in ONNX Runtime',
  }),
  reduction('max', max, 'distinct', { neverEmpty: 'nothing has no maximum' }),
  ...shapingCases,
  ...indexingCases,
]
