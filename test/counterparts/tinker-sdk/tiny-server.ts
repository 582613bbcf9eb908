// A Tinker server over a tiny untrained model, listening on this machine.
import { stream } from '../../../src/base/rng.ts'
import { embeddedModel } from '../../../src/engine/embedded-model.ts'
import type { ModelConfig } from '../../../src/model/config.ts'
import { decoderParams, initialise, WeightArena } from '../../../src/model/index.ts'
import { createApp, listen, Traffic } from '../../../src/serve/index.ts'
import { type Limits, tinkerRoutes } from '../../../src/serve/tinker/index.ts'
import { charTokenizer } from '../../../src/text/index.ts'

/** Ids 3 to 15. */
const ALPHABET = 'abcdefghijklm'

const config: ModelConfig = {
  modelType: 'llama',
  vocabSize: 3 + ALPHABET.length,
  hiddenSize: 32,
  layers: 2,
  heads: 2,
  kvHeads: 2,
  headDim: 16,
  feedForward: 48,
  maxPositions: 128,
  ropeTheta: 10_000,
  partialRotary: 1,
  normEps: 1e-5,
  tied: false,
  qkvBias: false,
  outBias: false,
  mlpBias: false,
  qkNorm: false,
  initStd: 0.3,
  eosId: 1,
  padId: 0,
}

/** The name of the base. */
export const TINY = 'tiny/letters'

/** Starts it; `close` waits for what is under way. */
export async function tinyServer(options: {
  stateFolder: string
  port?: number
  limits?: Partial<Limits>
}): Promise<{ url: string; close(): Promise<void> }> {
  const { stateFolder, port = 0, limits } = options
  const arena = new WeightArena(decoderParams(config))
  initialise(arena, config, stream('tiny-server'))
  const model = embeddedModel(config, arena, charTokenizer(ALPHABET), { threads: 1 })
  const routes = await tinkerRoutes({ model, name: TINY, stateFolder, ...(limits && { limits }) })
  const traffic = new Traffic()
  const log = (line: string): void => console.error(line)
  const listening = await listen({ host: '127.0.0.1', port }, traffic, (hosts) =>
    createApp({ groups: [routes], traffic, hosts, log }),
  )
  return {
    url: listening.url,
    async close() {
      await Promise.all([routes.close(), listening.close(2000)])
    },
  }
}
