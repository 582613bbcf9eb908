// What the requests of a model do, one by one, given its trainer in memory. When they are done, and what is written down of
// them, is the model's affair (served-model.ts).
import type { EmbeddedModel } from '../../engine/embedded-model.ts'
import { float32, type PassOutput } from '../../engine/remote/tinker/wire/index.ts'
import type { AdapterTrainer } from './adapter-trainer.ts'
import type { Checkpoints } from './checkpoints.ts'
import type { Outcome, StoredPass } from './futures.ts'
import type { Limits } from './limits.ts'
import { servedLosses } from './losses.ts'
import type { ModelInfo } from './model-info.ts'
import { check, opBodies, parseJson, readPass } from './op-body.ts'
import type { Op } from './op-log.ts'
import { userError } from './refusal.ts'
import { checkSettings, toSequence } from './sequence.ts'
import { type CheckpointKind, checkName, parsePath, pathText } from './tinker-path.ts'

/** What requests need of the server. */
export interface OpWorld {
  readonly base: EmbeddedModel
  readonly checkpoints: Checkpoints
  readonly limits: Limits
  /** Makes a sampling session over the weights as they are, and gives its id. */
  freeze(info: ModelInfo, trainer: AdapterTrainer, op: Op, samplingSeq: number | undefined): Promise<string>
  now(): number
}

/** The model that a request is for. */
export interface OpContext {
  readonly info: ModelInfo
  readonly trainer: AdapterTrainer
  readonly world: OpWorld
  /** Nothing was done for the model before. */
  readonly isFirst: boolean
  /** Writes the changed state with its outcome, before anyone can read that. */
  settled(outcome: Outcome): Promise<Outcome>
}

/** Said to who loads into a model that has been used. */
export const LOAD_FIRST =
  'LoadWeights is not permitted: it has to be the first request of a model. Create a model and load into that.'

/** Does one request. @throws what keeps it from being done; nothing has changed then */
export async function perform(op: Op, context: OpContext): Promise<Outcome> {
  const { info, trainer, world } = context
  switch (op.kind) {
    case 'forward':
    case 'forward_backward':
      return runPass(op, trainer, world)
    case 'optim_step': {
      const { adam_params: adam } = check(opBodies.optimStep, parseJson(op.body))
      if (!(adam.eps > 0) || adam.beta1 >= 1 || adam.beta2 >= 1)
        throw userError('AdamW wants eps above 0, and beta1 and beta2 below 1')
      const norm = trainer.step({
        lr: adam.learning_rate,
        beta1: adam.beta1,
        beta2: adam.beta2,
        eps: adam.eps,
        weightDecay: adam.weight_decay,
        clipNorm: adam.grad_clip_norm,
      })
      if (!trainer.adapter.arena.data.every(Number.isFinite))
        throw userError(`the learning rate ${adam.learning_rate} takes weights out of range. Nothing was changed.`)
      return context.settled(json({ metrics: { 'optim/grad_norm': norm, 'optim/lr': adam.learning_rate } }))
    }
    case 'load_weights': {
      if (!context.isFirst) throw userError(LOAD_FIRST)
      const { path, optimizer } = check(opBodies.loadWeights, parseJson(op.body))
      await world.checkpoints.load(parsePath(path), trainer, { optimizer })
      return context.settled(json({ path, model_id: info.model_id, type: 'load_weights' }))
    }
    case 'save_weights': {
      const { path, ttl_seconds, overwrite } = check(opBodies.saveWeights, parseJson(op.body))
      const wish = {
        kind: 'weights',
        name: path ?? `step-${op.seq}`,
        ttl: ttl_seconds,
        overwrite: overwrite ?? false,
      } as const
      const saved = await save(op, context, wish)
      return json({ path: saved, type: 'save_weights' })
    }
    case 'save_weights_for_sampler': {
      const { path, ttl_seconds, sampling_session_seq_id } = check(opBodies.saveForSampler, parseJson(op.body))
      if (path != null) {
        const saved = await save(op, context, {
          kind: 'sampler_weights',
          name: path,
          ttl: ttl_seconds,
          overwrite: false,
        })
        return json({ path: saved, type: 'save_weights_for_sampler' })
      }
      const id = await world.freeze(info, trainer, op, sampling_session_seq_id ?? undefined)
      return json({ sampling_session_id: id, type: 'save_weights_for_sampler' })
    }
    default:
      return op.kind satisfies never
  }
}

/** A pass over a batch. Replayed after a restart, it adds the same gradient. */
export async function runPass(op: Op, trainer: AdapterTrainer, { limits, base }: OpWorld): Promise<Outcome> {
  const { data, lossFn, config = {} } = readPass(op)
  const served = servedLosses.get(lossFn)
  if (!served)
    throw userError(`loss_fn "${lossFn.slice(0, 80)}" is unknown (known: ${[...servedLosses.keys()].join(', ')})`)
  if (data.length === 0 || data.length > limits.datums)
    throw userError(`a request has 1 to ${limits.datums} sequences, not ${data.length}`)
  checkSettings(served, config)
  const bounds = { vocabSize: base.config.vocabSize, contextLimit: base.contextLimit }
  const batch = data.map((datum, i) => toSequence(datum, i, served, config, bounds))
  const { total, logprobs } = await trainer.pass(batch, served, op.kind === 'forward' ? 'forward' : 'backward')
  return { kind: 'pass', output: storedPass(logprobs, { 'loss:sum': total }) }
}

interface SaveWish {
  readonly kind: CheckpointKind
  readonly name: string
  /** Seconds. */
  readonly ttl: number | null | undefined
  readonly overwrite: boolean
}

async function save(op: Op, { info, trainer, world }: OpContext, wish: SaveWish): Promise<string> {
  const { kind, name, ttl, overwrite } = wish
  const { model_id, base_model, rank, train_mlp, train_attn } = info
  const expires = ttl == null ? {} : { expires: world.now() + ttl * 1000 }
  const target = { model: model_id, kind, name: checkName(name) }
  await world.checkpoints.save(
    { ...target, ...expires, base_model, rank, train_mlp, train_attn, op: `${op.seq} ${op.hash}` },
    trainer,
    { overwrite },
  )
  return pathText(target)
}

const json = (value: Readonly<Record<string, unknown>>): Outcome => ({ kind: 'json', value })

function storedPass(logprobs: readonly Float32Array[], metrics: StoredPass['metrics']): StoredPass {
  const lengths = logprobs.map(({ length }) => length)
  const all = new Float32Array(lengths.reduce((a, b) => a + b, 0))
  let at = 0
  for (const list of logprobs) {
    all.set(list, at)
    at += list.length
  }
  return { metrics, lengths, logprobs: Buffer.from(all.buffer).toString('base64') }
}

/** The output as it goes over the wire. */
export function passOutput({ metrics, lengths, logprobs }: StoredPass): PassOutput {
  const bytes = Uint8Array.from(Buffer.from(logprobs, 'base64'))
  const all = new Float32Array(bytes.buffer)
  let at = 0
  const outputs = lengths.map((length) => {
    at += length
    return { logprobs: float32(all.slice(at - length, at)) }
  })
  return { outputType: 'ArrayRecord', outputs, metrics }
}
