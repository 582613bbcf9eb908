// What `gradus doctor --engine openai:URL` does: finds out what a server can do, and says what cannot run on it and why.
import { GradusError } from '../../base/error.ts'
import { formatProbe, probe } from '../../engine/remote/openai/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { engineSpec } from './engine-spec.ts'

/** Runs the verb on a server. @throws `usage/bad-engine`, `usage/bad-option`, `remote/...` */
export async function probeCommand(
  { engine, name, tokenizer, json }: { engine: string; name?: string; tokenizer?: string; json?: boolean },
  { io }: Shell,
): Promise<ExitCode> {
  const spec = engineSpec(engine)
  if (spec.kind !== 'openai') {
    throw new GradusError('usage/bad-option', `only OpenAI-compatible servers are probed, not ${engine}`, {
      hint: 'Give openai:URL. What a Tinker server cannot do is said before a run starts: gradus train R --engine tinker:URL.',
    })
  }
  const report = await probe({ url: spec.url, model: name, tokenizer })
  io.out(json ? `${JSON.stringify(report)}\n` : `${formatProbe(report)}\n`)
  return exitCodes.ok
}
