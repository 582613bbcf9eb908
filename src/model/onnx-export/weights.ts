// Weights as an exported file holds them: matrices transposed to [in, out], so that every linear map is a plain MatMul
// with a constant, which is what quantisers look for and what every execution provider has.
import { GradusError } from '../../base/error.ts'
import { add, input, matmul, normalize, split, type Tensor, transpose } from '../../tensor/index.ts'
import type { ModelConfig } from '../config.ts'
import type { Weights } from '../decoder.ts'
import type { PlacedParam, WeightArena } from '../weight-arena.ts'

/** The embedding is read row by row; as a tied head it is transposed in the graph instead of being stored twice. */
const EMBEDDING = 'model.embed_tokens.weight'

const isStoredTransposed = ({ name, shape }: PlacedParam): boolean => shape.length === 2 && name !== EMBEDDING
const transposedName = (name: string): string => `${name}.transposed`

/** Weights over inputs that are to be initialisers, and their numbers by name. */
export function exportedWeights(
  { normEps }: Pick<ModelConfig, 'normEps'>,
  arena: WeightArena,
): { weights: Weights; numbers: Map<string, Float32Array> } {
  const numbers = new Map<string, Float32Array>()
  const tensors = new Map<string, Tensor>()
  for (const param of arena.params) {
    const { shape } = param
    const isTransposed = isStoredTransposed(param)
    const name = isTransposed ? transposedName(param.name) : param.name
    tensors.set(name, input(name, isTransposed ? [shape[1], shape[0]] : shape))
    const data = arena.view(param.name)
    numbers.set(name, isTransposed ? transposed(data, shape[0], shape[1]) : data)
  }
  const get = (name: string): Tensor => {
    const tensor = tensors.get(name)
    if (!tensor) throw new GradusError('model/unknown-weight', `no weight is called "${name}"`)
    return tensor
  }
  const linear = (x: Tensor, name: string): Tensor => {
    const matrix = tensors.get(transposedName(`${name}.weight`)) ?? transpose(get(`${name}.weight`), [1, 0])
    const bias = tensors.get(`${name}.bias`)
    const y = matmul(x, matrix)
    return bias ? add(y, bias) : y
  }
  return {
    numbers,
    weights: {
      get,
      linear,
      normalizedLinear(x, gain, name, sizes) {
        const y = linear(normalize(x, normEps, get(`${gain}.weight`)), name)
        return split(y, y.shape.length - 1, sizes)
      },
    },
  }
}

/** [rows, columns] as [columns, rows]. */
function transposed(data: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(data.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) out[column * rows + row] = data[row * columns + column]
  return out
}
