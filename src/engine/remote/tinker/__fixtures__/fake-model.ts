// The model behind the fake server: a tiny embedded one with adapters, trained with the losses of the protocol as each kind
// of server normalises them. What it stores are real folders, which outlive a restart of the server.
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Datum, Example, Loss, Sampler } from '../../../../contracts/index.ts'
import { freshLora, type LoraConfig } from '../../../../model/lora.ts'
import { decoderParams } from '../../../../model/param-spec.ts'
import type { OptimizerConfig } from '../../../../optim/index.ts'
import { exp, mul, neg, sub, sum } from '../../../../tensor/index.ts'
import { tinyConfig, tinyModel, tinySampler } from '../../../__fixtures__/tiny-model.ts'
import { restoreModel } from '../../../checkpoint.ts'
import { type EmbeddedModel, embeddedModel } from '../../../embedded-model.ts'
import { EmbeddedTrainer } from '../../../embedded-trainer.ts'
import type { LossNormalisation } from '../dialect.ts'
import { float32, type PassOutput, type PassRequest, type WireDatum, type WireTensor } from '../wire/index.ts'
import { BadRequest, type ServedModel } from './served-model.ts'

/** Adapters of every model here. */
export const fakeLora = (rank: number, seed: number): LoraConfig => ({ rank, alpha: 32, targets: ['all-linear'], seed })

/** A tiny model with fresh adapters. */
export function adaptedModel(rank: number, seed: number): EmbeddedModel {
  const { config, arena, tokenizer } = tinyModel({ config: tinyConfig })
  return embeddedModel(config, arena, tokenizer, {
    threads: 1,
    adapter: freshLora(decoderParams(config), fakeLora(rank, seed)),
  })
}

/** The model that nobody has trained. */
export const untrainedSampler = (): Sampler => tinySampler(tinyModel({ config: tinyConfig }))

/** - Σ w log p. */
const crossEntropy: Loss = {
  id: 'cross_entropy',
  fields: ['weights'],
  wants: [],
  coefficients: [],
  terms: ({ logprobs, field }) => ({ total: neg(sum(mul(field('weights'), logprobs))), report: {} }),
}

/** - Σ w r A. */
const importanceSampling: Loss = {
  id: 'importance_sampling',
  fields: ['weights', 'logprobs', 'advantages'],
  wants: [],
  coefficients: [],
  terms: ({ logprobs, field }) => ({
    total: neg(sum(mul(field('weights'), mul(exp(sub(logprobs, field('logprobs'))), field('advantages'))))),
    report: {},
  }),
}

const losses: Readonly<Record<string, Loss>> = { cross_entropy: crossEntropy, importance_sampling: importanceSampling }

/** One model in training. */
export class EmbeddedFake implements ServedModel {
  steps = 0
  isFresh = true
  readonly rank: number
  readonly #trainer: EmbeddedTrainer
  readonly #normalisation: LossNormalisation
  /** Sequences since the last step, for servers that divide by their number. */
  #waiting: { loss: Loss; examples: Example[] }[] = []

  constructor(rank: number, seed: number, optimizer: OptimizerConfig, normalisation: LossNormalisation) {
    this.rank = rank
    this.#trainer = new EmbeddedTrainer(adaptedModel(rank, seed), { optimizer })
    this.#normalisation = normalisation
  }

  async pass({ data, lossFn, forwardOnly }: PassRequest): Promise<PassOutput> {
    const loss = losses[lossFn]
    if (!loss) throw new BadRequest(`unknown loss ${lossFn}`)
    const examples = data.map((datum): Example => ({ sequences: [toDatum(datum, loss)] }))
    const { sequences = [] } = await this.#trainer.forward(examples, loss)
    if (!forwardOnly) await this.#add(loss, examples)
    return {
      outputType: 'scalar',
      outputs: sequences.map(({ logprobs }) => ({ logprobs: float32(logprobs) })),
      metrics: {},
    }
  }

  async step(lr: number, clipNorm: number | undefined): Promise<number> {
    const count = this.#waiting.reduce((sum, { examples }) => sum + examples.length, 0)
    for (const { loss, examples } of this.#waiting)
      await this.#trainer.forwardBackward(
        examples.map((one) => rescaled(one, 1 / Math.max(weightOf(one), 1e-9) / count)),
        loss,
      )
    this.#waiting = []
    const { gradNorm } = await this.#trainer.optimStep({ lr, clipNorm })
    this.steps++
    return gradNorm
  }

  async save(disk: string, name: string): Promise<string> {
    const folder = join(disk, name)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    await this.#trainer.save(folder)
    return folder
  }

  async load(folder: string, steps: number, optimizer: boolean): Promise<void> {
    if (optimizer) await this.#trainer.load({ path: folder })
    else await restoreModel(folder, this.#trainer.model)
    this.steps = steps
  }

  sampler(): Promise<Sampler> {
    return this.#trainer.sampler()
  }

  async #add(loss: Loss, examples: Example[]): Promise<void> {
    if (this.#normalisation === 'sequence-mean') this.#waiting.push({ loss, examples })
    else if (this.#normalisation === 'sum') await this.#trainer.forwardBackward(examples, loss)
    else {
      const total = examples.reduce((sum, one) => sum + weightOf(one), 0)
      await this.#trainer.forwardBackward(
        examples.map((one) => rescaled(one, 1 / Math.max(total, 1))),
        loss,
      )
    }
  }
}

/** A sequence of the wire as one of the engine: every place after the first token is predicted. */
function toDatum({ tokens, inputs }: WireDatum, loss: Loss): Datum {
  const targets = inputs.target_tokens?.data
  if (!targets || targets.length !== tokens.length) throw new BadRequest('target_tokens must be as long as the input')
  for (let i = 1; i < tokens.length; i++)
    if (targets[i - 1] !== tokens[i]) throw new BadRequest('targets are not shifted')
  const ids = new Int32Array(tokens.length + 1)
  ids.set(tokens)
  ids[tokens.length] = targets[tokens.length - 1]
  if (ids.some((id) => id < 0 || id >= tinyConfig.vocabSize)) throw new BadRequest('unknown token')
  const field = (tensor: WireTensor | undefined) => {
    const data = tensor ? Float32Array.from(tensor.data) : new Float32Array(tokens.length).fill(1)
    if (data.length !== tokens.length) throw new BadRequest('a tensor is not as long as the input')
    return { data, shape: [data.length] as const }
  }
  return { ids, promptLength: 1, fields: Object.fromEntries(loss.fields.map((name) => [name, field(inputs[name])])) }
}

const weightOf = ({ sequences: [{ fields }] }: Example): number =>
  (fields.weights.data as Float32Array).reduce((a, b) => a + b, 0)

function rescaled({ sequences: [datum] }: Example, by: number): Example {
  const weights = (datum.fields.weights.data as Float32Array).map((x) => x * by)
  return { sequences: [{ ...datum, fields: { ...datum.fields, weights: { data: weights, shape: [weights.length] } } }] }
}
