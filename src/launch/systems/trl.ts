// TRL's GRPOTrainer on a cluster, with completions verified here. TRL's names are in trl-table.ts, the script is
// templates/train_trl.py.
import { GradusError } from '../../base/error.ts'
import type { Json } from '../../base/json.ts'
import { template } from '../templates/template.ts'
import { jsonLines, trlRow } from './dataset-rows.ts'
import { largeModelPresets } from './grpo-config.ts'
import type { Launch, LaunchSetting, LaunchSystem } from './launch.ts'
import { required } from './required.ts'
import { translate } from './settings-table.ts'
import { type TrlLaunchConfig, trlSchema } from './trl-config.ts'
import { trlTable } from './trl-table.ts'

/** The system. */
export const trl: LaunchSystem = {
  id: 'trl',
  summary: "GRPO with TRL's GRPOTrainer; completions are verified by `gradus rewards`",
  trains: true,
  schema: trlSchema,
  presets: largeModelPresets,
  make(settings, setting) {
    const config = settings as unknown as TrlLaunchConfig
    const { problems, rewards } = required('trl', setting)
    const theirs = trlArguments(config, setting)
    const rows = problems.train.map((problem) => trlRow(problems.task, problem, config.prompt))
    const { processes } = config.trl
    const gpus = config.trl.gpus ?? processes
    const lora = loraOf(config)
    return {
      files: {
        'launch.json': `${JSON.stringify({ model: setting.model, lora, trl: theirs }, null, 2)}\n`,
        'train.jsonl': jsonLines(rows),
        'train_trl.py': template('train_trl.py'),
        'gradus_rewards.py': template('gradus_rewards.py'),
      },
      entrypoint:
        processes === 1
          ? 'python train_trl.py'
          : `accelerate launch --num_processes ${processes} --num_machines 1 train_trl.py`,
      pip: [...config.environment.pip, ...(lora !== null && config.environment.pip.length > 0 ? ['peft>=0.17'] : [])],
      variables: {
        ...config.environment.variables,
        GRADUS_REWARDS_URL: rewards.url,
        ...(rewards.key !== undefined && { GRADUS_REWARDS_KEY: rewards.key }),
      },
      ...(gpus > 0 && { gpus }),
      theirs,
    } satisfies Launch
  },
}

/** Arguments of PEFT's LoraConfig, or null when all weights learn. */
function loraOf({ update: { lora } }: TrlLaunchConfig): Record<string, Json> | null {
  if (lora.rank === 0) return null
  const [target] = lora.targets
  return {
    r: lora.rank,
    lora_alpha: lora.alpha,
    target_modules: lora.targets.length === 1 ? target : lora.targets,
    task_type: 'CAUSAL_LM',
  }
}

/** Arguments of GRPOConfig: ours translated, those that make it GRPO as we mean it, and the user's own. */
function trlArguments(config: TrlLaunchConfig, { seed }: LaunchSetting): Record<string, Json> {
  const ours = {
    ...translate('trl', trlTable, config, trlSchema.parse(largeModelPresets)),
    optim: 'adamw_torch',
    num_iterations: 1,
    importance_sampling_level: 'token',
    scale_rewards: 'group',
    logging_steps: 1,
    report_to: 'none',
    seed,
  }
  const twice = Object.keys(config.trl.extra).find((name) => name in ours)
  if (twice === undefined) return { ...ours, ...config.trl.extra }
  throw new GradusError('config/bad-value', `"trl.extra.${twice}" follows from other settings`, {
    hint: 'Leave it out of trl.extra, and set what it follows from; --dry-run shows both.',
  })
}
