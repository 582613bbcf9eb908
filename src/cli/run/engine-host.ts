// The engine of `--engine` as what trains and samples. Engines on other machines are loaded when they are asked for.
import { GradusError } from '../../base/error.ts'
import type { Host } from '../../contracts/index.ts'
import { embeddedHost } from '../../engine/embedded-host.ts'
import type { TinkerHostOptions } from '../../engine/remote/tinker/index.ts'
import { engineSpec } from './engine-spec.ts'
import type { DeviceName } from './run-plan.ts'

/** Who hears of what happens on an engine elsewhere. */
export type EngineNews = Pick<TinkerHostOptions, 'onNote' | 'onWaiting'>

/** The host of an engine. @throws `usage/bad-engine`; `config/cannot-train` for one that only samples */
export async function hostOf(
  { engine, device }: { engine: string; device?: DeviceName },
  told: EngineNews = {},
): Promise<Host> {
  const spec = engineSpec(engine)
  if (spec.kind === 'embedded') return embeddedHost({ device })
  if (spec.kind === 'openai') {
    throw new GradusError('config/cannot-train', `${engine} only samples: its protocol has no way to train`, {
      hint: 'Train with --engine embedded or --engine tinker:URL, and evaluate there with gradus eval openai:URL --task T.',
    })
  }
  const { tinkerHost } = await import('../../engine/remote/tinker/index.ts')
  return tinkerHost({ url: spec.url, ...told })
}

/** Whether an engine is the one in this process. @throws `usage/bad-engine` */
export const isEmbedded = (engine: string): boolean => engineSpec(engine).kind === 'embedded'
