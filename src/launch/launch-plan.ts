// What a job of ours is, as the job itself remembers it: in the metadata that Ray keeps with it. So its metrics can be
// read by anyone who reaches the cluster, on any machine. No key is among it.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { GradusError } from '../base/error.ts'
import { canonicalJson } from '../base/json.ts'
import type { Package } from './package/package.ts'
import type { Job, JobRequest } from './ray/job.ts'
import { launchedRecipe } from './systems/grpo-config.ts'
import type { Launch, LaunchSetting, LaunchSystem } from './systems/launch.ts'

const planSchema = z.object({
  schema: z.literal(1),
  system: z.enum(['skyrl', 'trl', 'verl']),
  /** What is carried out, for systems that train. */
  recipe: z.string().nullable(),
  task: z.string().nullable(),
  model: z.string(),
  seed: z.number(),
  /** Our settings, resolved. */
  config: z.record(z.string(), z.unknown()),
  /** Of all that was sent. */
  digest: z.string(),
})

/** A job of ours. */
export type LaunchPlan = z.infer<typeof planSchema>

/** Key of the metadata. */
const key = 'gradus'

/** The plan of a launch. */
export function planOf(
  system: LaunchSystem,
  config: Readonly<Record<string, unknown>>,
  { model, seed, problems }: LaunchSetting,
  launch: Launch,
  files: Package,
): LaunchPlan {
  const { entrypoint, pip, variables, gpus } = launch
  const { GRADUS_REWARDS_KEY: _secret, ...shown } = variables
  const digest = createHash('sha256')
    .update(canonicalJson([files.name, entrypoint, pip, shown, gpus ?? 0]))
    .digest('hex')
  return {
    schema: 1,
    system: system.id,
    recipe: system.trains ? launchedRecipe : null,
    task: problems?.task.id ?? null,
    model,
    seed,
    config,
    digest: digest.slice(0, 32),
  }
}

/** The request for a job; `workingDir` is the URI of its package. */
export function jobRequest(id: string, plan: LaunchPlan, launch: Launch, workingDir: string): JobRequest {
  return {
    id,
    entrypoint: launch.entrypoint,
    runtimeEnv: {
      working_dir: workingDir,
      ...(launch.pip.length > 0 && { pip: launch.pip }),
      env_vars: { PYTHONUNBUFFERED: '1', ...launch.variables, GRADUS_JOB: id },
    },
    metadata: { [key]: JSON.stringify(plan) },
    gpus: launch.gpus,
  }
}

/** The plan of a job. @throws `remote/not-ours` */
export function planOfJob({ id, metadata }: Job): LaunchPlan {
  const parsed = planSchema.safeParse(jsonOf(metadata[key]))
  if (parsed.success) return parsed.data
  throw new GradusError('remote/not-ours', `job ${id} was not launched by gradus`, {
    hint: 'Its log can be read with `gradus launch logs`, but what it means is not known.',
  })
}

function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
