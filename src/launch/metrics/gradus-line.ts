// The lines that our scripts write into a job's log: `GRADUS {json}`, wherever in a line (progress bars and Ray's own
// prefixes come before it). A line counts only when it names its job: a model may write such lines too, but it does not
// know the name.
import { z } from 'zod'

const mark = 'GRADUS {'
/** No line of ours is longer. */
const longest = 100_000

const lineSchema = z.object({
  job: z.string(),
  step: z.int().min(0).optional(),
  time_s: z.number().min(0).optional(),
  metrics: z.record(z.string(), z.number()).optional(),
  /** A completion without a verdict: `undecided` or `failed`. */
  unscored: z.string().max(20).optional(),
  reason: z.string().optional(),
  problem: z.string().optional(),
  /** A server that answers now. */
  serving: z.object({ url: z.string().max(300), node: z.string().max(300) }).optional(),
})

/** What a line says. */
export type GradusLine = Omit<z.infer<typeof lineSchema>, 'job'>

/** What a line of the log of `job` says, if it is one of ours. */
export function readGradusLine(line: string, job: string): GradusLine | undefined {
  const at = line.indexOf(mark)
  if (at < 0 || line.length - at > longest) return undefined
  let value: unknown
  try {
    value = JSON.parse(line.slice(at + mark.length - 1))
  } catch {
    return undefined
  }
  const parsed = lineSchema.safeParse(value)
  if (!parsed.success || parsed.data.job !== job) return undefined
  const { job: _job, ...said } = parsed.data
  return said
}
