// The shape of a fresh model as a user may set it. How the shape becomes a whole configuration is the recipes' business.
import { z } from 'zod'
import { GradusError } from '../../base/error.ts'
import type { Settings } from './overrides.ts'

const size = (description: string) => z.int().min(1).describe(description)

/** Shape of a fresh model, as `base.model.*` sets it. */
export const shapeSchema = z.strictObject({
  hiddenSize: size('Width of the residual stream (D).'),
  layers: size('Layers (L).'),
  heads: size('Query heads.'),
  kvHeads: size('Key and value heads; divides heads.'),
  headDim: size('Width of a head; even.'),
  feedForward: size('Width of the gated feed-forward layer.'),
  maxPositions: size('Longest sequence, in tokens.'),
})

/** What the schema cannot say: how sizes go together. @throws `config/bad-value` */
export function checkShape({ heads, kvHeads, headDim }: Settings): void {
  if (Number(heads) % Number(kvHeads) !== 0) {
    throw new GradusError(
      'config/bad-value',
      `"base.model.kvHeads" cannot be ${kvHeads}: it must divide heads (${heads})`,
      {
        hint: 'Set both, such as base.model.heads=4 and base.model.kvHeads=2.',
      },
    )
  }
  if (Number(headDim) % 2 !== 0) {
    throw new GradusError('config/bad-value', `"base.model.headDim" cannot be ${headDim}: expected an even number`, {
      hint: 'Rotary positions turn pairs of numbers.',
    })
  }
}
