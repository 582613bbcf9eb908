// A job of Ray's Jobs API as we use it, checked as it comes in. Keys that Ray adds later are ignored.
import { z } from 'zod'

/** What a job can be. The last three are final. */
export const jobStatuses = ['PENDING', 'RUNNING', 'STOPPED', 'SUCCEEDED', 'FAILED'] as const

/** One of {@link jobStatuses}. */
export type JobStatus = (typeof jobStatuses)[number]

/** Answer of `GET /api/jobs/ID`; in lists, drivers that no one submitted have no submission id. */
export const jobSchema = z.object({
  submission_id: z.string().nullish(),
  status: z.enum(jobStatuses),
  entrypoint: z.string(),
  message: z.string().nullish(),
  error_type: z.string().nullish(),
  /** Milliseconds since 1970. */
  start_time: z.number().nullish(),
  end_time: z.number().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  driver_exit_code: z.number().nullish(),
})

/** A job that was submitted. */
export interface Job {
  readonly id: string
  readonly status: JobStatus
  readonly entrypoint: string
  /** The status in Ray's words. */
  readonly message: string
  readonly startedMs: number | undefined
  readonly endedMs: number | undefined
  readonly metadata: Readonly<Record<string, string>>
  readonly exitCode: number | undefined
}

/** What is asked for. */
export interface JobRequest {
  /** Unique on the cluster; naming a job twice makes no second one. */
  readonly id: string
  /** A shell command, run in the working directory. */
  readonly entrypoint: string
  readonly runtimeEnv: Readonly<Record<string, unknown>>
  readonly metadata: Readonly<Record<string, string>>
  /** Reserved for the command itself, not for what it starts on the cluster. */
  readonly cpus?: number
  readonly gpus?: number
}

/** True for a job that will not change any more. */
export const isOver = ({ status }: Job): boolean => status !== 'PENDING' && status !== 'RUNNING'

/** The job of an answer; `id` for one that was asked for by it. */
export function jobOf(answer: z.infer<typeof jobSchema>, id: string): Job {
  return {
    id: answer.submission_id ?? id,
    status: answer.status,
    entrypoint: answer.entrypoint,
    message: answer.message ?? '',
    startedMs: answer.start_time ?? undefined,
    endedMs: answer.end_time ?? undefined,
    metadata: answer.metadata ?? {},
    exitCode: answer.driver_exit_code ?? undefined,
  }
}
