// Training runs and checkpoints as the protocol's REST routes show them.
import type { CheckpointInfo, Checkpoints } from './checkpoints.ts'
import { typeOf } from './checkpoints.ts'
import type { ModelInfo } from './model-info.ts'
import type { Models } from './models.ts'
import { pathText } from './tinker-path.ts'

/** Part of a long list. */
export interface Page {
  readonly offset: number
  readonly limit: number
}

export function checkpointView(info: CheckpointInfo, checkpoints: Checkpoints) {
  return {
    checkpoint_id: `${info.kind}/${info.name}`,
    checkpoint_type: typeOf(info.kind),
    time: iso(info.time),
    tinker_path: pathText(info),
    size_bytes: checkpoints.sizeBytes(info),
    public: false,
    expires_at: info.expires === undefined ? null : iso(info.expires),
  }
}

export function runView({ info, lastRequest }: { info: ModelInfo; lastRequest: number }, checkpoints: Checkpoints) {
  const saved = checkpoints.list(info.model_id)
  const last = (kind: CheckpointInfo['kind']) => {
    const found = saved.find((checkpoint) => checkpoint.kind === kind)
    return found ? checkpointView(found, checkpoints) : null
  }
  return {
    training_run_id: info.model_id,
    base_model: info.base_model,
    model_owner: 'local',
    is_lora: true,
    corrupted: false,
    lora_rank: info.rank,
    last_request_time: iso(lastRequest),
    last_checkpoint: last('weights'),
    last_sampler_checkpoint: last('sampler_weights'),
    user_metadata: info.user_metadata ?? null,
  }
}

export function runsView(models: Models, checkpoints: Checkpoints, { offset, limit }: Page) {
  const all = models.list()
  return {
    training_runs: all.slice(offset, offset + limit).map((run) => runView(run, checkpoints)),
    cursor: { offset, limit, total_count: all.length },
  }
}

export function checkpointsView(all: readonly CheckpointInfo[], checkpoints: Checkpoints, { offset, limit }: Page) {
  return {
    checkpoints: all.slice(offset, offset + limit).map((info) => checkpointView(info, checkpoints)),
    cursor: { offset, limit, total_count: all.length },
  }
}

const iso = (time: number): string => new Date(time).toISOString()
