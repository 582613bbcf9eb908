// The checks that every row of the conformance table goes through. Applications are drawn in batches that share one
// program, since compiling a session costs more than running all of them.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { gradients } from '../gradient.ts'
import { add, mul } from '../ops/elementwise.ts'
import { sum } from '../ops/reduce.ts'
import { Program } from '../program.ts'
import { evaluate } from '../reference/evaluate.ts'
import { finiteDifferences } from '../reference/finite-differences.ts'
import { input, type Tensor } from '../tensor.ts'
import { DIFFERENCES, expectClose, FLOAT32 } from './close-to.ts'
import { type Application, numbersFor, type OperatorCase, type Sizes } from './operator-case.ts'

/** An application traced into a graph, with numbers for its inputs. */
interface Traced {
  readonly operands: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  /** Every output weighted and summed; absent where an output or no operand can be differentiated. */
  readonly loss?: Tensor
  /** The operands that the loss is differentiated by. */
  readonly wrt: readonly Tensor[]
  readonly feeds: Record<string, Float32Array | Int32Array>
}

/** Fixed, so that a failure repeats. */
const SEED = 1

const nameOf = (x: Tensor): string => x.attrs.name as string

function trace(row: OperatorCase, application: Application, prefix: string, sizes: Sizes): Traced {
  const feeds: Traced['feeds'] = {}
  const feed = (
    name: string,
    shape: Tensor['shape'],
    dtype: 'float32' | 'int32',
    numbers: Float32Array | Int32Array,
  ) => {
    feeds[name] = numbers
    return input(name, shape, dtype)
  }
  const operands = application.operands.map((x, slot) =>
    feed(`${prefix}x${slot}`, x.shape, x.dtype, numbersFor(x, slot, 1, sizes)),
  )
  const built = row.build(operands, application.attrs)
  const outputs = 'op' in built ? [built] : built
  const wrt = operands.filter((x, slot) => x.dtype === 'float32' && !row.tables?.includes(slot))
  if (row.gradient === 'none' || wrt.length === 0 || outputs.some((y) => y.dtype !== 'float32')) {
    return { operands, outputs, wrt: [], feeds }
  }
  const terms = outputs.map((y, slot) => {
    const weights = numbersFor({ shape: y.shape, domain: 'any', dtype: 'float32' }, slot + 10, 1, sizes)
    return sum(mul(y, feed(`${prefix}w${slot}`, y.shape, 'float32', weights)))
  })
  return { operands, outputs, loss: terms.reduce((a, b) => add(a, b)), wrt, feeds }
}

function sizesFor({ neverEmpty }: OperatorCase): fc.Arbitrary<Sizes> {
  const size = fc.integer({ min: neverEmpty ? 1 : 0, max: 3 })
  return fc.record({ A: size, B: size })
}

/** A sum over [A, B], so that every program knows the sizes of both names. */
const anchor = { tensor: input('anchor', ['A', 'B']), feed: new Float32Array(9).fill(1) }

/** The operator's values and gradients, run by ONNX Runtime, against the interpreter. */
async function checkOnnx(row: OperatorCase, sizes: Sizes, applications: readonly Application[]): Promise<void> {
  const outputs: Record<string, Tensor> = { anchored: sum(anchor.tensor) }
  let feeds: Record<string, Float32Array | Int32Array> = { anchor: anchor.feed }
  applications.forEach((application, i) => {
    const traced = trace(row, application, `c${i}`, sizes)
    feeds = { ...feeds, ...traced.feeds }
    // An operand that the graph does not read is no input of the program.
    traced.outputs.forEach((y, slot) => {
      outputs[`c${i}y${slot}`] = y
    })
    if (!traced.loss) return
    gradients(traced.loss, traced.wrt).forEach((g, slot) => {
      outputs[`c${i}d${nameOf(traced.wrt[slot])}`] = g
    })
  })
  const program = await Program.compile(outputs, { threads: 1 })
  const read = Object.fromEntries(Object.entries(feeds).filter(([name]) => program.has(name)))
  const actual = await program.run({ sizes, feeds: read })
  await program.dispose()
  const expected = evaluate(outputs, { sizes, feeds })
  for (const name in outputs) expectClose(actual[name], expected[name].data, FLOAT32, `${row.kind} ${name}`)
}

/** The interpreter's own gradient against central differences of the interpreter. */
function checkDifferences(row: OperatorCase, sizes: Sizes, application: Application): void {
  const { loss, wrt, feeds } = trace(row, application, '', sizes)
  if (!loss) return
  const slopes = Object.fromEntries(gradients(loss, wrt).map((g, i) => [nameOf(wrt[i]), g]))
  const exact = evaluate(slopes, { sizes, feeds })
  finiteDifferences(loss, wrt, { sizes, feeds }).forEach((differences, i) => {
    const name = nameOf(wrt[i])
    const expected = row.gradient === 'zero' ? new Float64Array(differences.length) : differences
    expectClose(exact[name].data, expected, DIFFERENCES, `${row.kind} d${name}`)
  })
}

/** Registers the tests of these rows. */
export function itConforms(rows: readonly OperatorCase[]): void {
  it.each(rows)('$kind: values and gradients in ONNX Runtime equal the interpreter', async (row) => {
    const batch = fc.array(row.draw, { minLength: 1, maxLength: 8, size: 'max' })
    await fc.assert(
      fc.asyncProperty(sizesFor(row), batch, (sizes, drawn) => checkOnnx(row, sizes, drawn)),
      { numRuns: 4, seed: SEED },
    )
  })

  it.each(rows.filter((row) => row.gradient !== 'none'))('$kind: the gradient equals finite differences', (row) => {
    fc.assert(
      fc.property(sizesFor(row), row.draw, (sizes, drawn) => checkDifferences(row, sizes, drawn)),
      { numRuns: 30, seed: SEED },
    )
  })

  it.each(rows)('$kind: the drawn applications do build the operator', (row) => {
    const kinds = fc.sample(row.draw, { numRuns: 20, seed: SEED }).map((drawn) => {
      const { outputs } = trace(row, drawn, '', { A: 2, B: 3 })
      return outputs[0].op.kind
    })
    expect(kinds).toContain(row.kind)
  })
}
