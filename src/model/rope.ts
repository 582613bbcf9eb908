// Tables of rotary angles, with the rescalings that long-context models use. Numbers only, no tensors.
import type { ModelConfig } from './config.ts'

/** Cosines and sines [positions, R/2] of the rotary angles, in float64 rounded once to float32. */
export interface RopeTables {
  readonly cos: Float32Array
  readonly sin: Float32Array
  readonly positions: number
  /** R/2 */
  readonly half: number
}

/** Tables for positions 0 .. `positions` - 1. `contextLength` chooses between longrope's two factor lists. */
export function ropeTables(config: ModelConfig, positions: number, contextLength = positions): RopeTables {
  const frequencies = ropeFrequencies(config, contextLength)
  const half = frequencies.length
  const cos = new Float32Array(positions * half)
  const sin = new Float32Array(positions * half)
  const magnitude = ropeMagnitude(config)
  for (let position = 0; position < positions; position++)
    for (let i = 0; i < half; i++) {
      const angle = Math.fround(position * Math.fround(frequencies[i]))
      cos[position * half + i] = magnitude * Math.cos(angle)
      sin[position * half + i] = magnitude * Math.sin(angle)
    }
  return { cos, sin, positions, half }
}

/** R, the rotated width of a head. */
export const rotaryWidth = (config: ModelConfig): number => Math.floor(config.headDim * config.partialRotary)

/** Angles per position [R/2]. */
export function ropeFrequencies(config: ModelConfig, contextLength: number): number[] {
  const width = rotaryWidth(config)
  const half = Math.floor(width / 2)
  const base = Array.from({ length: half }, (_, i) => config.ropeTheta ** (-(2 * i) / width))
  const scaling = config.ropeScaling
  if (!scaling) return base
  switch (scaling.kind) {
    case 'linear':
      return base.map((f) => f / scaling.factor)
    case 'llama3': {
      // Llama 3.1: long wavelengths are stretched, short ones kept, those between blended.
      const { factor, lowFreqFactor, highFreqFactor, originalMaxPositions } = scaling
      return base.map((f) => {
        const wavelength = (2 * Math.PI) / f
        if (wavelength > originalMaxPositions / lowFreqFactor) return f / factor
        if (wavelength < originalMaxPositions / highFreqFactor) return f
        const smooth = (originalMaxPositions / wavelength - lowFreqFactor) / (highFreqFactor - lowFreqFactor)
        return (1 - smooth) * (f / factor) + smooth * f
      })
    }
    case 'longrope': {
      const factors = contextLength > scaling.originalMaxPositions ? scaling.longFactor : scaling.shortFactor
      return base.map((f, i) => f / factors[i])
    }
    default:
      return scaling satisfies never
  }
}

/** What longrope multiplies sines and cosines by (Phi-3: sqrt(1 + ln(s) / ln(original length))). */
function ropeMagnitude(config: ModelConfig): number {
  const scaling = config.ropeScaling
  if (scaling?.kind !== 'longrope') return 1
  if (scaling.attentionFactor !== undefined) return scaling.attentionFactor
  const ratio = config.maxPositions / scaling.originalMaxPositions
  return ratio <= 1 ? 1 : Math.sqrt(1 + Math.log(ratio) / Math.log(scaling.originalMaxPositions))
}
