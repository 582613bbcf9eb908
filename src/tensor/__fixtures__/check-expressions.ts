// Checks whole expressions the way the battery checks operators: ONNX Runtime against the interpreter, and gradients
// against central differences. All expressions of a call share one program.
import { gradients } from '../gradient.ts'
import { Program } from '../program.ts'
import { evaluate } from '../reference/evaluate.ts'
import { finiteDifferences } from '../reference/finite-differences.ts'
import type { Tensor } from '../tensor.ts'
import { DIFFERENCES, expectClose, FLOAT32 } from './close-to.ts'

/** Sizes of names and numbers for inputs. */
export interface Given {
  readonly sizes?: Readonly<Record<string, number>>
  readonly feeds: Readonly<Record<string, Float32Array | Int32Array>>
}

/** Values by output name, after ONNX Runtime and the interpreter agreed on them. */
export async function agree(
  outputs: Readonly<Record<string, Tensor>>,
  { sizes, feeds }: Given,
): Promise<Record<string, Float64Array>> {
  const program = await Program.compile(outputs, { threads: 1 })
  const read = Object.fromEntries(Object.entries(feeds).filter(([name]) => program.has(name)))
  const actual = await program.run({ sizes, feeds: read })
  await program.dispose()
  const expected = evaluate(outputs, { sizes, feeds })
  for (const name in outputs) expectClose(actual[name], expected[name].data, FLOAT32, name)
  return Object.fromEntries(Object.keys(outputs).map((name) => [name, expected[name].data]))
}

/** Differentiates each loss by these inputs, and checks values and gradients with both oracles. */
export async function checkGradients(
  losses: Readonly<Record<string, Tensor>>,
  wrt: readonly Tensor[],
  given: Given,
): Promise<void> {
  const names = wrt.map((x) => x.attrs.name as string)
  const outputs: Record<string, Tensor> = { ...losses }
  for (const loss in losses) {
    gradients(losses[loss], wrt).forEach((g, i) => {
      outputs[`${loss} d${names[i]}`] = g
    })
  }
  const values = await agree(outputs, given)
  for (const loss in losses) {
    finiteDifferences(losses[loss], wrt, given).forEach((expected, i) => {
      const name = `${loss} d${names[i]}`
      expectClose(values[name], expected, DIFFERENCES, name)
    })
  }
}
