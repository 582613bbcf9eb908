// Settings that systems which train share: the environment of the job, and how problems are asked.
import { z } from 'zod'

/** The environment of the job. */
export const environmentField = (pip: readonly string[]) =>
  z
    .strictObject({
      pip: z
        .array(z.string())
        .default([...pip])
        .describe("Packages that pip adds for this job; [] when the cluster's image has them."),
      variables: z
        .record(z.string(), z.string())
        .default({})
        .describe('Environment variables. Not for keys: Ray shows them.'),
    })
    .prefault({})

/** How a problem becomes a prompt. */
export const promptField = (form: 'chat' | 'text') =>
  z
    .strictObject({
      form: z
        .enum(['chat', 'text'])
        .default(form)
        .describe('A message for a chat template, or plain text to continue.'),
      rules: z
        .boolean()
        .default(form === 'chat')
        .describe("Tell the task's rules first, so that a model which never saw the task knows how to answer."),
    })
    .prefault({})

/** Settings of the other system that we have no name for; they may not contradict the others. */
export const extraField = () =>
  z
    .record(z.string(), z.json())
    .default({})
    .describe("More of the system's own settings, by its names; none that follows from ours.")

/** Resolved settings of {@link promptField}. */
export type PromptConfig = z.infer<ReturnType<typeof promptField>>
