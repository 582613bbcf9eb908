// What is launched, as plain data: the files of a working directory and the command that is run in it. A system (SkyRL,
// TRL, verl) is a `LaunchSystem`: its settings, and how they become a launch. Nothing here talks to a cluster.
import type { z } from 'zod'
import type { Json } from '../../base/json.ts'
import type { Problem, Task } from '../../contracts/index.ts'
import type { Files } from '../package/zip.ts'

/** Where completions are verified. */
export interface RewardsAddress {
  /** As the cluster reaches it, such as `http://10.0.0.5:8100`. */
  readonly url: string
  readonly key?: string
}

/** What to train on. */
export interface LaunchProblems {
  readonly task: Task
  readonly train: readonly Problem[]
  /** For evaluations on the cluster; none of them is in `train`. */
  readonly held: readonly Problem[]
}

/** What a launch is made of beside its settings. */
export interface LaunchSetting {
  /** A name on the hub, or a folder on the cluster's nodes. */
  readonly model: string
  readonly seed: number
  /** Absent for systems that are driven from here. */
  readonly problems?: LaunchProblems
  readonly rewards?: RewardsAddress
}

/** What is sent. */
export interface Launch {
  readonly files: Files
  /** A shell command, run in the folder of the files. */
  readonly entrypoint: string
  /** Packages that pip adds on the cluster; none when they are there already. */
  readonly pip: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  /** Reserved for the command itself. */
  readonly gpus?: number
  /** Our settings under the system's own names. */
  readonly theirs: Readonly<Record<string, Json>>
}

/** A system that can be launched. */
export interface LaunchSystem {
  readonly id: 'skyrl' | 'trl' | 'verl'
  /** One line. */
  readonly summary: string
  /** Whether problems and verified rewards belong to it. */
  readonly trains: boolean
  /** Its settings; those of the recipe that it carries out are among them. */
  readonly schema: z.ZodObject
  /** Laid over the schema's defaults: sizes of large models. */
  readonly presets: Readonly<Record<string, unknown>>
  /** @throws `config/no-counterpart`, `config/bad-value`, `usage/...` */
  make(config: Readonly<Record<string, unknown>>, setting: LaunchSetting): Launch
}
