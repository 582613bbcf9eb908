// The smallest training that means anything: a tiny model, one batch, a few steps; the loss must fall.
import { stream } from '../../base/rng.ts'
import type { Clock, Example } from '../../contracts/index.ts'
import { embeddedModel } from '../../engine/embedded-model.ts'
import { EmbeddedTrainer } from '../../engine/embedded-trainer.ts'
import { decoderParams } from '../../model/param-spec.ts'
import { initialise, WeightArena } from '../../model/weight-arena.ts'
import { optimizerConfig } from '../../optim/index.ts'
import { basePreset, freshModelConfig } from '../../recipes/bases.ts'
import { chainArithmetic } from '../../tasks/index.ts'
import { charTokenizer } from '../../text/index.ts'
import { negativeLogLikelihood } from '../../train/index.ts'

/** Times of the first step (with compilation) and of the later ones, and whether the loss fell. */
export async function compileProbe(clock: Clock): Promise<{ firstMs: number; nextMs: number; fell: boolean }> {
  const tokenizer = charTokenizer(chainArithmetic.alphabet)
  const preset = basePreset(chainArithmetic)
  const config = freshModelConfig({ ...preset, model: { ...preset.model, layers: 1 } }, tokenizer)
  const arena = new WeightArena(decoderParams(config))
  initialise(arena, config, stream(1, 'init'))
  const trainer = new EmbeddedTrainer(embeddedModel(config, arena, tokenizer), {
    optimizer: optimizerConfig.parse({ kind: 'adamw' }),
  })
  const batch = Array.from({ length: 16 }, (_, i) => example(tokenizer.encode, i))
  const losses: number[] = []
  const times: number[] = []
  try {
    for (let step = 0; step < 6; step++) {
      const start = clock.nowMs()
      losses.push((await trainer.forwardBackward(batch, negativeLogLikelihood())).total)
      await trainer.optimStep({ lr: 1e-3 })
      times.push(clock.nowMs() - start)
    }
  } finally {
    await trainer.dispose()
  }
  const [firstMs, ...later] = times
  return { firstMs, nextMs: Math.min(...later), fell: losses[losses.length - 1] < losses[0] }
}

function example(encode: (text: string) => Int32Array, index: number): Example {
  const problem = chainArithmetic.problem('train', index)
  const prompt = encode(String(problem.prompt))
  const ids = encode(`${problem.prompt}${chainArithmetic.solve(problem)}`)
  const tokens = ids.length - prompt.length
  const field = (value: number) => ({ data: new Float32Array(tokens).fill(value), shape: [tokens] as const })
  return { sequences: [{ ids, promptLength: prompt.length, fields: { mask: field(1), weights: field(1 / tokens) } }] }
}
