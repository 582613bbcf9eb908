// The engine of `--engine` as what trains and samples. Engines on other machines are loaded when they are asked for.
import { GradusError } from '../../base/error.ts'
import type { Host } from '../../contracts/index.ts'
import { embeddedHost } from '../../engine/embedded-host.ts'
import { engineSpec } from './engine-spec.ts'
import type { DeviceName } from './run-plan.ts'

/** The host of an engine. @throws `usage/bad-engine`; `config/cannot-train` for one that only samples */
export async function hostOf(
  { engine, device }: { engine: string; device?: DeviceName },
  /** Told what is waited for, and what a run should know. */
  say?: (line: string) => void,
): Promise<Host> {
  const spec = engineSpec(engine)
  if (spec.kind === 'embedded') return embeddedHost({ device })
  if (spec.kind === 'openai') {
    throw new GradusError('config/cannot-train', `${engine} only samples: its protocol has no way to train`, {
      hint: 'Train with --engine embedded or --engine tinker:URL, and evaluate there with gradus eval openai:URL --task T.',
    })
  }
  const { tinkerHost } = await import('../../engine/remote/tinker/index.ts')
  return tinkerHost({
    url: spec.url,
    onNote: (note) => say?.(`note: ${note}`),
    onWaiting: ({ what, seconds }) => say?.(`waiting for ${what} since ${Math.round(seconds)} s`),
  })
}

/** The engine of a run, said where it is to be said. */
export const isEmbedded = (engine: string): boolean => engineSpec(engine).kind === 'embedded'
