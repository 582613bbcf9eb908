// Conformance rows of the matrix product and the fused operators.
import fc from 'fast-check'
import { matmul } from '../ops/matmul.ts'
import { logSoftmax, mix, normalize, rotate, softmax } from '../ops/nn.ts'
import type { Dim, Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { broadcastPairs, dims, fixedDims, isSmall, type OperatorCase, operand, shapes } from './operator-case.ts'

const overRows = (kind: string, f: (x: Tensor) => Tensor): OperatorCase => ({
  kind,
  draw: shapes(1).map((shape) => ({ operands: [operand(shape)], attrs: {} })),
  build: ([x]) => f(x),
})

const inner = fc.constantFrom<Dim[]>(1, 2, 3, 'A', 'B')

const matmulCase: OperatorCase = {
  kind: 'matmul',
  draw: fc
    .record({
      batch: fc.oneof(fc.constant([[], []] as readonly [Shape, Shape]), broadcastPairs),
      m: inner,
      k: inner,
      n: inner,
      transA: fc.boolean(),
      transB: fc.boolean(),
      alpha: fc.constantFrom(1, 0.5, -2),
    })
    .filter(({ batch: [a, b], m, k, n }) => isSmall([...a, m, k]) && isSmall([...b, k, n]))
    .map(({ batch: [a, b], m, k, n, transA, transB, alpha }) => ({
      operands: [operand([...a, ...(transA ? [k, m] : [m, k])]), operand([...b, ...(transB ? [n, k] : [k, n])])],
      attrs: { transA, transB, alpha },
    })),
  build: ([a, b], attrs) => matmul(a, b, attrs),
  neverEmpty: 'ONNX Runtime does not broadcast the zeros that a product over an empty axis is',
}

const normalizeCase: OperatorCase = {
  kind: 'normalize',
  draw: fc
    .tuple(shapes(0, 3), fixedDims, fc.boolean())
    .filter(([lead, width]) => isSmall([...lead, width]))
    .map(([lead, width, hasGain]) => ({
      operands: [operand([...lead, width]), ...(hasGain ? [operand([width])] : [])],
      attrs: { eps: 0.01 },
    })),
  // Both outputs: the second one is used by the gradient, and so by second derivatives.
  build: ([x, gain], { eps }) => normalize(x, eps as number, gain).siblings,
}

const rotateCase: OperatorCase = {
  kind: 'rotate',
  draw: fc
    .record({
      b: dims,
      h: fixedDims,
      t: dims,
      half: fc.constantFrom(1, 2),
      rest: fc.constantFrom(0, 1, 2),
      // The kernel wants a row for each position of the sequence, used or not.
      rows: fc.constantFrom(9, 12),
    })
    .filter(({ b, h, t, half, rest }) => isSmall([b, h, t, 2 * half + rest]))
    .map(({ b, h, t, half, rest, rows }) => ({
      operands: [
        operand([b, t, (h as number) * (2 * half + rest)]),
        operand([b, t], { below: rows }),
        operand([rows, half]),
        operand([rows, half]),
      ],
      attrs: { width: 2 * half + rest },
    })),
  build: ([x, positions, cos, sin], { width }) => rotate(x, { positions, cos, sin }, width as number),
  // The tables follow from the positions; nothing is learnt through them.
  tables: [2, 3],
}

const mixCase: OperatorCase = {
  kind: 'mix',
  draw: fc
    .record({ lead: shapes(0, 2), m: inner, s: inner, w: inner })
    .filter(({ lead, m, s, w }) => isSmall([...lead, m, s]) && isSmall([...lead, s, w]))
    .map(({ lead, m, s, w }) => ({ operands: [operand([...lead, m, s]), operand([...lead, s, w])], attrs: {} })),
  // Both outputs: the second one is used by the gradient, and so by second derivatives.
  build: ([scores, values]) => mix(scores, values).siblings,
  neverEmpty: 'ONNX Runtime does not broadcast the zeros that a product over an empty axis is',
}

export const nnCases: readonly OperatorCase[] = [
  matmulCase,
  overRows('softmax', softmax),
  overRows('logSoftmax', logSoftmax),
  normalizeCase,
  rotateCase,
  mixCase,
]
