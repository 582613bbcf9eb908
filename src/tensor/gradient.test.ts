// Differentiation of whole expressions: exact values by hand, finite differences, second derivatives.
import { describe, expect, it } from 'vitest'
import { agree, checkGradients } from './__fixtures__/check-expressions.ts'
import { gradients } from './gradient.ts'
import {
  add,
  clamp,
  div,
  exp,
  greater,
  log,
  mul,
  neg,
  sigmoid,
  silu,
  sqrt,
  square,
  stopGradient,
  sub,
  tanh,
  where,
} from './ops/elementwise.ts'
import { cumulativeSum, gather } from './ops/indexing.ts'
import { matmul } from './ops/matmul.ts'
import { logSoftmax, normalize, softmax } from './ops/nn.ts'
import { max, mean, sum } from './ops/reduce.ts'
import { concat, reshape, split } from './ops/shaping.ts'
import { evaluate } from './reference/evaluate.ts'
import { constant, input, type Tensor } from './tensor.ts'

/** d loss / dx in numbers. */
const derivative = (loss: Tensor, x: Tensor, numbers: readonly number[]): number[] => [
  ...evaluate({ g: gradients(loss, [x])[0] }, { feeds: { [x.attrs.name as string]: numbers } }).g.data,
]

const wave = (count: number, phase = 0): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(1.7 * i + phase))

describe('gradients', () => {
  const x = input('x', [3])

  it('adds up what comes back from every use of a tensor', () => {
    // x^3 + 2x, by products: 3x^2 + 2
    const loss = sum(add(mul(mul(x, x), x), add(x, x)))
    expect(derivative(loss, x, [1, -2, 0.5])).toEqual([5, 14, 2.75])
  })

  it('goes through a tensor used at different depths', async () => {
    let y: Tensor = x
    const seen: Tensor[] = [x]
    for (let depth = 0; depth < 6; depth++) {
      y = tanh(add(y, mul(0.5, seen[Math.floor(depth / 2)])))
      seen.push(y)
    }
    await checkGradients({ loss: sum(seen.reduce((a, b) => add(a, mul(a, b)))) }, [x], { feeds: { x: wave(3) } })
  })

  it('is zero for tensors that the loss does not reach', () => {
    expect(derivative(sum(square(input('other', [2]))), x, [1, 2, 3])).toEqual([0, 0, 0])
    expect(derivative(sum(mul(x, stopGradient(x))), x, [1, 2, 3])).toEqual([1, 2, 3])
  })

  it('is one for the loss itself, and defined for tensors in between', () => {
    const middle = mul(x, 3)
    const loss = sum(square(middle))
    const [byLoss, byMiddle] = gradients(loss, [loss, middle])
    const values = evaluate({ byLoss, byMiddle }, { feeds: { x: [1, 0, -1] } })
    expect([...values.byLoss.data]).toEqual([1])
    expect([...values.byMiddle.data]).toEqual([6, 0, -6])
  })

  it('follows operators with several outputs whose outputs are used at different depths', async () => {
    const rows = input('rows', ['B', 4])
    const [left, right] = split(rows, 1, [1, 3])
    const normal = normalize(rows, 0.05)
    const losses = {
      // One part deep down, the other at the very end; and in the other order.
      early: sum(mul(exp(tanh(square(left))), right)),
      late: add(sum(left), sum(exp(tanh(square(right))))),
      onlySecond: sum(square(right)),
      onlyInverse: sum(exp(normal.siblings[1])),
      both: sum(mul(tanh(exp(normal.siblings[1])), square(normal))),
    }
    await checkGradients(losses, [rows], { sizes: { B: 2 }, feeds: { rows: wave(8) } })
  })

  it('goes through splits and concatenations of named sizes', async () => {
    const [p, c] = [input('p', ['P', 2]), input('c', ['C', 2])]
    const joined = concat([p, c, p], 0)
    const [first, middle, last] = split(joined, 0, ['P', 'C', 'P'])
    const losses = { joined: sum(square(joined)), parts: add(sum(exp(middle)), sum(mul(first, tanh(last)))) }
    await checkGradients(losses, [p, c], { sizes: { P: 2, C: 3 }, feeds: { p: wave(4), c: wave(6, 1) } })
  })

  it('keeps a NaN of the side not taken out of the gradient of where', async () => {
    const loss = sum(where(greater(x, 0), mul(x, 2), log(x)))
    const { d } = await agree({ d: gradients(loss, [x])[0] }, { feeds: { x: Float32Array.of(-1, 3, 0.5) } })
    // log(-1) is NaN where it is taken, its derivative 1/x is not; where it is not taken nothing comes through.
    expect([...d]).toEqual([-1, 2, 2])
    const safe = where(greater(x, 0), x, 1)
    const twice = sum(where(greater(x, 0), sqrt(safe), 0))
    const values = await agree({ d: gradients(twice, [x])[0] }, { feeds: { x: Float32Array.of(0, 4, -1) } })
    expect([...values.d]).toEqual([0, 0.25, 0])
  })

  it('gives the whole gradient on the bounds of clamp, none outside', () => {
    expect(derivative(sum(clamp(x, -1, 2)), x, [-1, 2, 0])).toEqual([1, 1, 1])
    expect(derivative(sum(clamp(x, -1, 2)), x, [-1.01, 2.01, 5])).toEqual([0, 0, 0])
    const low = input('low', [])
    const d = gradients(sum(clamp(x, low, 2)), [low])[0]
    expect([...evaluate({ d }, { feeds: { x: [-3, -2, 1], low: [-1] } }).d.data]).toEqual([2])
  })

  it('shares the gradient of a maximum among ties', () => {
    expect(derivative(max(x), x, [2, 1, 2])).toEqual([0.5, 0, 0.5])
  })

  it('agrees with finite differences on expressions with weights, norms and attention', async () => {
    const [h, w, gain, ids] = [
      input('h', [2, 3, 4]),
      input('w', [4, 4]),
      input('gain', [4]),
      input('ids', [2, 3], 'int32'),
    ]
    const normal = normalize(h, 1e-3, gain)
    const scores = softmax(matmul(matmul(normal, w), normal, { transB: true, alpha: 0.5 }))
    const mixed = matmul(scores, silu(normal))
    const losses = {
      attention: sum(square(mixed)),
      likelihood: neg(mean(sum(mul(logSoftmax(add(mixed, gather(w, ids))), reshape(h, [2, 3, 4])), -1))),
      returns: sum(mul(cumulativeSum(sigmoid(mixed), 1, true), h)),
    }
    const feeds = { h: wave(24), w: wave(16, 2), gain: wave(4, 1), ids: Int32Array.of(0, 3, 3, 1, 0, 3) }
    await checkGradients(losses, [h, w, gain], { feeds })
  })

  it('differentiates its own result', async () => {
    // d2/dx2 of x^4: 12 x^2
    const quartic = sum(square(square(x)))
    const first = gradients(quartic, [x])[0]
    expect(derivative(sum(first), x, [1, 2, -0.5])).toEqual([12, 48, 3])
    // The gradient of a squared gradient norm, against finite differences of that norm.
    const rows = input('rows', [2, 3])
    const smooth = {
      elementwise: sum(mul(tanh(rows), div(1, add(1, exp(neg(rows)))))),
      softmax: sum(square(softmax(rows))),
      normalize: sum(mul(normalize(rows, 0.1), logSoftmax(rows))),
      matmul: sum(exp(matmul(rows, rows, { transB: true, alpha: 0.3 }))),
    }
    const norms = Object.entries(smooth).map(([name, loss]) => [name, sum(square(gradients(loss, [rows])[0]))])
    await checkGradients(Object.fromEntries(norms), [rows], { feeds: { rows: wave(6, 0.4) } })
  })

  it('refuses a loss that is not a scalar', () => {
    expect(() => gradients(x, [x])).toThrow(
      expect.objectContaining({ code: 'tensor/not-scalar', message: expect.stringContaining('[3]') }),
    )
  })

  it('names the operator that has no rule', () => {
    const strange = { ...exp(x), op: { kind: 'strange', infer: () => [] }, siblings: [] as Tensor[] }
    strange.siblings.push(strange)
    expect(() => gradients(sum(strange), [x])).toThrow(
      expect.objectContaining({ code: 'tensor/no-gradient', message: expect.stringContaining('"strange"') }),
    )
  })

  it('goes through a graph of twenty thousand operators', () => {
    let y: Tensor = x
    for (let i = 0; i < 20_000; i++) y = sub(y, constant(0.5))
    expect(gradients(sum(y), [x])[0].shape).toEqual([3])
  })

  it('traces one function of tensors into any graph', async () => {
    // A clipped policy objective, as a loss would be written.
    const loss = (logprobs: Tensor, old: Tensor, advantages: Tensor): Tensor => {
      const ratio = exp(sub(logprobs, old))
      return neg(sum(mul(clamp(ratio, 0.8, 1.2), advantages)))
    }
    const [old, advantages] = [input('old', ['N']), input('advantages', ['N'])]
    // One graph starts at log-probabilities, the other computes them from logits on the way.
    const direct = input('logprobs', ['N'])
    const logits = input('logits', ['N', 5])
    const computed = reshape(split(logSoftmax(logits), 1, [1, 4])[0], ['N'])
    const given = {
      sizes: { N: 3 },
      feeds: { logits: wave(15), old: wave(3, -2), advantages: Float32Array.of(1, -1, 2) },
    }
    const deep = loss(computed, old, advantages)
    const values = await agree(
      { logprobs: computed, deep, g: gradients(deep, [computed])[0], d: gradients(deep, [logits])[0] },
      given,
    )
    const logprobs = Float32Array.from(values.logprobs)
    const flat = loss(direct, old, advantages)
    const local = await agree(
      { flat, g: gradients(flat, [direct])[0] },
      { ...given, feeds: { ...given.feeds, logprobs } },
    )
    expect(local.flat[0]).toBeCloseTo(values.deep[0], 6)
    local.g.forEach((g, i) => {
      expect(g).toBeCloseTo(values.g[i], 6)
    })
    // And back through the logits with the local gradient as weights: what a remote engine is asked to do.
    const weights = input('weights', ['N'])
    const weighted = gradients(sum(mul(computed, weights)), [logits])[0]
    const remote = await agree(
      { weighted },
      { ...given, feeds: { ...given.feeds, weights: Float32Array.from(local.g) } },
    )
    remote.weighted.forEach((g, i) => {
      expect(g).toBeCloseTo(values.d[i], 6)
    })
  })
})
