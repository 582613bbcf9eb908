// A Qwen3 of a few thousand weights that SkyRL serves, and its twin on the embedded engine: the same weights with the
// adapters of a model on the server. SkyRL's Qwen3 has one A for q, k and v, and one for gate and up. So has our engine
// where a family stores these maps as one, as Phi-3 does; the twin is such a model, with Qwen3's normed heads.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { stream } from '../../../src/base/rng.ts'
import type { Datum, Loss, Trainer } from '../../../src/contracts/index.ts'
import { EmbeddedTrainer, embeddedModel, loadModel, saveModel } from '../../../src/engine/index.ts'
import { randomWeights, tinyConfigs } from '../../../src/model/__fixtures__/tiny-model.ts'
import { decoderParams, WeightArena } from '../../../src/model/index.ts'
import { adaptedMaps, type LoraAdapter, zeroLora } from '../../../src/model/lora.ts'
import { readSafetensors } from '../../../src/model/safetensors/index.ts'
import type { OptimizerConfig } from '../../../src/optim/index.ts'
import { sum } from '../../../src/tensor/index.ts'
import { charTokenizer } from '../../../src/text/index.ts'

const ALPHABET = 'abcdefghijklmnop'
const config = { ...tinyConfigs.qwen3, maxPositions: 64 }

/** Of the adapters; alpha is SkyRL's. */
export const lora = { rank: 4, alpha: 32, targets: ['all-linear'], seed: 0 }

export const tokenizer = charTokenizer(ALPHABET)

/** Writes the model's folder. */
export async function writeTinyQwen(folder: string): Promise<void> {
  await saveModel(folder, embeddedModel(config, randomWeights(config, 'tiny-qwen'), tokenizer, { threads: 1 }))
}

/** The adapters of a checkpoint of a remote run, into its folder: the server gives them away as they are right now. */
export async function downloadAdapter(url: string, checkpoint: string): Promise<string> {
  const { path } = JSON.parse(readFileSync(join(checkpoint, 'tinker.json'), 'utf8'))
  const [, model_id] = /^tinker:\/\/([^/]+)\//.exec(path) ?? []
  const name = basename(checkpoint)
  await post(url, 'save_weights_for_sampler', { model_id, path: name })
  const reply = await fetch(`${url}/api/v1/training_runs/${model_id}/checkpoints/${name}/archive`)
  if (!reply.ok) throw new Error(`the archive of ${model_id}: ${reply.status}`)
  const archive = join(checkpoint, 'adapter.tar.gz')
  writeFileSync(archive, new Uint8Array(await reply.arrayBuffer()))
  execFileSync('tar', ['-xzf', archive, '-C', checkpoint], { stdio: 'pipe' })
  return checkpoint
}

/** Makes a model in the place that the next one gets, gives it gradients, and unloads it without a step. */
export async function leaveGradients(url: string, base_model: string): Promise<void> {
  const { session_id } = await post(url, 'create_session', { tags: [], sdk_version: '0', type: 'create_session' })
  const lora_config = { rank: lora.rank, seed: 0 }
  const { model_id } = await post(url, 'create_model', { session_id, model_seq_id: 0, base_model, lora_config })
  const data = sequences(2).map(({ ids }) => ({
    model_input: { chunks: [{ type: 'encoded_text', tokens: [...ids.subarray(0, -1)] }] },
    loss_fn_inputs: {
      target_tokens: { data: [...ids.subarray(1)], dtype: 'int64', shape: [ids.length - 1] },
      weights: { data: Array.from(ids.subarray(1), () => 1), dtype: 'float32', shape: [ids.length - 1] },
    },
  }))
  const forward_backward_input = { data, loss_fn: 'cross_entropy' }
  await post(url, 'forward_backward', { model_id, seq_id: 1, forward_backward_input })
  await post(url, 'unload_model', { model_id, type: 'unload_model' })
}

/** What a route gives, waited for where it gives a ticket. */
async function post(url: string, route: string, body: unknown): Promise<Record<string, unknown>> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  const reply = await fetch(`${url}/api/v1/${route}`, init)
  if (!reply.ok) throw new Error(`${route}: ${reply.status} ${await reply.text()}`)
  const answer = (await reply.json()) as Record<string, unknown>
  const { request_id, model_id } = answer
  if (request_id === undefined) return answer
  return { model_id, ...(await post(url, 'retrieve_future', { request_id })) }
}

/** The twin of a model on the server, with the adapters in a folder. */
export async function twin(folder: string, optimizer: OptimizerConfig): Promise<EmbeddedTrainer> {
  // The layout in memory is the same; only what counts as one map differs.
  const fused = { ...config, modelType: 'phi3' as const }
  const arena = new WeightArena(decoderParams(fused))
  arena.data.set(randomWeights(config, 'tiny-qwen').data)
  const adapter = await fusedAdapter(folder, zeroLora(arena.params, lora))
  return new EmbeddedTrainer(embeddedModel(fused, arena, tokenizer, { threads: 1, adapter }), { optimizer })
}

/** The server's model without adapters. */
export async function untrained(folder: string, optimizer: OptimizerConfig): Promise<EmbeddedTrainer> {
  return new EmbeddedTrainer(await loadModel(folder, { threads: 1 }), { optimizer })
}

const PARTS: Readonly<Record<string, readonly string[]>> = {
  qkv_proj: ['q_proj', 'k_proj', 'v_proj'],
  gate_up_proj: ['gate_proj', 'up_proj'],
}

async function fusedAdapter(folder: string, adapter: LoraAdapter): Promise<LoraAdapter> {
  const file = await readSafetensors(join(folder, 'adapter_model.safetensors'))
  const read = async (map: string, matrix: 'A' | 'B'): Promise<Float32Array> => {
    const name = `base_model.model.${map}.lora_${matrix}.weight`
    const [rows, columns] = file.tensors.get(name)?.shape ?? []
    const numbers = new Float32Array(rows * columns)
    await file.readInto(name, numbers)
    return numbers
  }
  for (const map of adaptedMaps(adapter.arena)) {
    const [, layer, kind] = /^(.*\.)([^.]+)$/.exec(map) ?? []
    const parts = (PARTS[kind] ?? [kind]).map((part) => `${layer}${part}`)
    const [first, ...others] = await Promise.all(parts.map((part) => read(part, 'A')))
    for (const other of others)
      if (String(other) !== String(first)) throw new Error(`the server's ${map} has more than one A`)
    adapter.arena.view(`${map}.lora_A.weight`).set(first)
    let at = 0
    for (const part of parts) {
      const up = await read(part, 'B')
      adapter.arena.view(`${map}.lora_B.weight`).set(up, at)
      at += up.length
    }
  }
  await file.close()
  return adapter
}

/** Sequences of different lengths, each with an advantage of its own. */
export function sequences(seed: number, count = 16): Datum[] {
  const rng = stream(seed, 'tiny-qwen-batch')
  const word = (length: number): string => Array.from({ length }, () => ALPHABET[rng.int(16)]).join('')
  return Array.from({ length: count }, (): Datum => {
    const prompt = word(1 + rng.int(6))
    const completion = word(6 + rng.int(20))
    const advantage = rng.normal()
    const each = (value: number) => ({
      data: new Float32Array(completion.length).fill(value),
      shape: [completion.length] as const,
    })
    const fields = { mask: each(1), weights: each(1 / (count * completion.length)), advantages: each(advantage) }
    return { ids: tokenizer.encode(prompt + completion), promptLength: prompt.length, fields }
  })
}

/** One object: engines keep programs by it. */
const likelihood: Loss = {
  id: 'likelihood',
  fields: [],
  wants: [],
  coefficients: [],
  terms: ({ logprobs }) => ({ total: sum(logprobs), report: {} }),
}

/** Log-probabilities of the completions, sequence by sequence. */
export async function logprobsOf(trainer: Trainer, batch: readonly Datum[]): Promise<readonly Float32Array[]> {
  const examples = batch.map((datum) => ({ sequences: [datum] }))
  const { sequences: scored = [] } = await trainer.forward(examples, likelihood)
  return scored.map(({ logprobs }) => logprobs)
}

/** The largest distance, token by token; infinite where lengths differ. */
export function distance(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  if (String(a.map(({ length }) => length)) !== String(b.map(({ length }) => length))) return Number.POSITIVE_INFINITY
  return Math.max(...a.flatMap((row, i) => Array.from(row, (x, t) => Math.abs(x - b[i][t]))))
}
