// What a remote engine cannot do, said before a run starts, and what is asked of the server instead. Pure: no server is
// spoken to.
import { z } from 'zod'
import { GradusError } from '../../../base/error.ts'
import type { Stage, Update } from '../../../contracts/index.ts'
import { loraConfig } from '../../../model/lora.ts'
import { type AdamwConfig, optimizerConfig } from '../../../optim/index.ts'
import { replacementsIn } from './client-loss.ts'
import type { Dialect } from './dialect.ts'
import type { AdamParams, LoraSettings } from './wire/index.ts'

/** How weights are to change, as the server is told. */
export interface ServerUpdate {
  readonly adam: Pick<AdamParams, 'beta1' | 'beta2' | 'eps' | 'weight_decay'>
  /** Undefined where the update names no rank. */
  readonly rank: number | undefined
  readonly lora: Omit<LoraSettings, 'rank'>
  /** What a run should know: settings without effect, and what stands in for what. */
  readonly notes: readonly string[]
}

/** Refuses a stage that no server can train. Gives what stands in for what. @throws `train/unsupported-want`, `config/...` */
export function refuseStage({ id, loss, update }: Pick<Stage, 'id' | 'loss' | 'update'>, dialect: Dialect): string[] {
  const { notes } = serverUpdate(update, dialect)
  return [...replacementsIn(loss), ...notes].map((note) => `stage "${id}": ${note}`)
}

/** The settings that a server takes. @throws `config/...` for what it does not */
export function serverUpdate(update: Update, dialect: Dialect): ServerUpdate {
  const { beta1, beta2, eps, weightDecay } = adamwOf(update)
  if (update.valueHead)
    throw new GradusError('config/unsupported', 'a Tinker server trains no value head', {
      hint: 'Use the embedded engine, or a recipe without a critic.',
    })
  const notes: string[] = []
  const lora = update.lora === undefined ? undefined : loraOf(update.lora)
  if (!lora) notes.push('the server trains low-rank adapters, not all weights')
  const { loraAlpha } = dialect
  if (lora && loraAlpha !== undefined && lora.alpha !== loraAlpha)
    notes.push(`${dialect.name} scales adapters by ${loraAlpha} / rank, whatever alpha is asked for`)
  if (!dialect.betas) notes.push(`${dialect.name} listens to the learning rate only, not to betas, eps and weightDecay`)
  if (dialect.decaysAllModels && weightDecay > 0)
    notes.push(
      `${dialect.name} decays the adapters of every model on the server in each step: with several models on it, set weightDecay to 0`,
    )
  if (update.clipNorm !== undefined && !dialect.gradClip)
    notes.push(`${dialect.name} does not clip gradients: clipNorm ${update.clipNorm} has no effect`)
  const trained = trainedMaps(lora?.targets ?? ['all-linear'])
  if (!dialect.loraTargets && !(trained.attn && trained.mlp))
    notes.push(`${dialect.name} adapts every linear map, whatever targets are asked for`)
  return {
    adam: { beta1, beta2, eps, weight_decay: weightDecay },
    rank: lora?.rank,
    lora: { seed: lora?.seed ?? 0, train_attn: trained.attn, train_mlp: trained.mlp, train_unembed: false },
    notes,
  }
}

function adamwOf({ optimizer }: Update): AdamwConfig {
  const parsed = optimizerConfig.safeParse(optimizer)
  if (parsed.success && parsed.data.kind === 'adamw') return parsed.data
  if (parsed.success || optimizer.kind !== 'adamw')
    throw new GradusError('config/unsupported', `a Tinker server has no optimiser "${optimizer.kind}"`, {
      hint: 'Set the kind to adamw, or use the embedded engine.',
    })
  throw new GradusError(
    'config/bad-optimizer',
    `the optimiser's settings are not right: ${z.prettifyError(parsed.error)}`,
  )
}

function loraOf(settings: unknown) {
  const parsed = loraConfig.safeParse(settings)
  if (parsed.success) return parsed.data
  throw new GradusError('config/bad-lora', `the adapters' settings are not right: ${z.prettifyError(parsed.error)}`, {
    hint: `Settings: ${Object.keys(loraConfig.shape).join(', ')}.`,
  })
}

const ATTENTION = ['q_proj', 'k_proj', 'v_proj', 'o_proj']
const FEED_FORWARD = ['gate_proj', 'up_proj', 'down_proj']

/** The protocol names maps by kind: all of attention, all of the feed-forward layers. @throws `config/unsupported` */
function trainedMaps(targets: readonly string[]): { attn: boolean; mlp: boolean } {
  if (targets.includes('all-linear')) return { attn: true, mlp: true }
  const [attn, mlp] = [ATTENTION, FEED_FORWARD].map((kind) => kind.every((name) => targets.includes(name)))
  const named = new Set([...(attn ? ATTENTION : []), ...(mlp ? FEED_FORWARD : [])])
  const odd = targets.find((target) => !named.has(target))
  if (odd === undefined) return { attn, mlp }
  throw new GradusError('config/unsupported', `a Tinker server cannot adapt ${odd} by itself`, {
    hint: `Name all of ${ATTENTION.join(', ')}, all of ${FEED_FORWARD.join(', ')}, or all-linear.`,
  })
}
