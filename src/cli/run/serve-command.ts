// What `gradus serve` does: loads a model, opens a port, says so, and waits for the signal to end. Which protocols there
// are stands in one table.
import { randomBytes } from 'node:crypto'
import { totalmem } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { GradusError } from '../../base/error.ts'
import { type Rng, stream } from '../../base/rng.ts'
import type { Sampler } from '../../contracts/index.ts'
import { loadModel } from '../../engine/checkpoint.ts'
import type { EmbeddedModel } from '../../engine/embedded-model.ts'
import { EmbeddedSampler } from '../../engine/embedded-sampler.ts'
import { cacheBytes } from '../../engine/kv-cache.ts'
import { SamplerPrograms } from '../../engine/sampler-programs.ts'
import {
  createApp,
  fingerprintOf,
  isLoopback,
  listen,
  openAiRoutes,
  type RouteGroup,
  Traffic,
  tinkerRoutes,
} from '../../serve/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { packageVersion } from '../version.ts'
import { processClock } from './host-facts.ts'
import { Interruption } from './interruption.ts'
import { findModel, type ModelSource } from './model-source.ts'
import type { DeviceName } from './run-plan.ts'

/** Options of the verb. */
export interface ServeOptions {
  readonly openai?: boolean
  readonly tinker?: boolean
  /** Folder of what Tinker clients train; default inside the run or model folder. */
  readonly state?: string
  readonly host: string
  readonly port: number
  readonly apiKeyEnv?: string
  readonly cors?: string
  readonly name?: string
  readonly step?: number
  readonly context?: number
  readonly maxRows?: number
  readonly maxQueue: number
  /** Seconds. */
  readonly drain: number
  readonly seed?: number
  readonly device?: DeviceName
  readonly json?: boolean
  readonly quiet?: boolean
}

/** What a protocol is mounted on. */
interface Mounting {
  readonly name: string
  readonly source: ModelSource
  readonly model: EmbeddedModel
  readonly sampler: Sampler
  readonly rows: number
  readonly rng: Rng
  readonly apiKey: string | undefined
  readonly options: ServeOptions
}

type Protocol = 'openai' | 'tinker'

/** The protocols by their flags. */
const protocols: Readonly<Record<Protocol, (mounting: Mounting) => RouteGroup | Promise<RouteGroup>>> = {
  openai: ({ name, model, sampler, rows, rng, options }) =>
    openAiRoutes({
      model: {
        name,
        sampler,
        tokenizer: model.tokenizer,
        created: Math.floor(Date.parse(processClock.iso()) / 1000),
        fingerprint: fingerprintOf(model.arena.data, packageVersion()),
        clock: processClock,
        rng,
      },
      capacity: { rows, waiting: options.maxQueue },
    }),
  tinker: ({ name, source, model, apiKey, options }) =>
    tinkerRoutes({
      model,
      name,
      tokenizerId: source.folder,
      stateFolder: resolve(options.state ?? join(source.run?.dir ?? source.folder, 'tinker-state')),
      ...(apiKey !== undefined && { apiKey }),
    }),
}

/** Runs the verb, until a signal. @throws `usage/...`, `store/...`, `model/...`, `render/...` */
export async function serveCommand(path: string, options: ServeOptions, { io }: Shell): Promise<ExitCode> {
  const wanted = wantedProtocols(options)
  const apiKey = keyOf(options.apiKeyEnv)
  const source = findModel(path, { step: options.step })
  const name = options.name ?? basename(source.run?.dir ?? source.folder)
  const progress = (line: string): void => {
    if (!options.quiet) io.err(`${line}\n`)
  }
  progress(`loading ${source.folder}`)
  const { device, context: contextLimit } = options
  const model = await loadModel(source.folder, { ...(device && { device }), ...(contextLimit && { contextLimit }) })
  if (model.contextLimit > model.config.maxPositions) {
    throw new GradusError('usage/bad-option', `--context cannot be ${model.contextLimit}`, {
      hint: `The model was made for ${model.config.maxPositions} tokens at most.`,
    })
  }
  const rows = options.maxRows ?? affordableRows(model)
  const sampler = new EmbeddedSampler(model, model.arena, new SamplerPrograms(model), { maxRows: rows })
  await warmUp(sampler)
  const rng = stream('serve', options.seed ?? randomBytes(16).toString('hex'))
  const groups: RouteGroup[] = []
  for (const mount of wanted) groups.push(await mount({ name, source, model, sampler, rows, rng, apiKey, options }))

  const traffic = new Traffic()
  const log = (line: string): void => io.err(`${line}\n`)
  let onRequest = (): void => {}
  const stopped = new Promise<void>((resolve) => {
    onRequest = resolve
  })
  const interruption = new Interruption({ onRequest, onForce: () => process.exit(exitCodes.failed) })
  try {
    const listening = await listen(options, traffic, (hosts) =>
      createApp({ groups, traffic, log, hosts, apiKey, corsOrigin: options.cors }),
    )
    if (!isLoopback(options.host) && apiKey === undefined) {
      log(`warning: anyone who reaches ${options.host} may use this server. Give it a key with --api-key-env.`)
    }
    const { url } = listening
    io.out(options.json ? `${JSON.stringify({ url, model: name })}\n` : `${name} at ${url}, ${rows} rows\n`)
    await stopped
    progress(`stopping: ${traffic.running} requests are running`)
    // Together: what runs behind the routes ends the long polls that requests wait in.
    const [cut] = await Promise.all([listening.close(options.drain * 1000), ...groups.map((group) => group.close?.())])
    if (cut > 0) log(`${cut} requests did not end within ${options.drain} s and were cut off`)
  } finally {
    interruption.dispose()
    for (const group of groups) await group.close?.()
    await sampler.dispose()
  }
  return exitCodes.ok
}

/** Those whose flags were given; without any, the one that keeps nothing. */
function wantedProtocols({ openai, tinker, state }: ServeOptions): (typeof protocols)[Protocol][] {
  if (state !== undefined && !tinker) {
    throw new GradusError('usage/bad-option', '--state is for --tinker: only its clients leave something behind', {
      hint: 'Add --tinker, or leave --state out.',
    })
  }
  return [...(openai || !tinker ? [protocols.openai] : []), ...(tinker ? [protocols.tinker] : [])]
}

function keyOf(variable: string | undefined): string | undefined {
  if (variable === undefined) return undefined
  const key = process.env[variable]
  if (key) return key
  throw new GradusError('usage/no-api-key', `the environment variable ${variable} is not set`, {
    hint: `Set it, for example: ${variable}=... gradus serve ...`,
  })
}

/** Rows whose full contexts fill a quarter of the memory; few requests are that long. */
function affordableRows({ config, contextLimit }: EmbeddedModel): number {
  const most = Math.floor(totalmem() / 4 / cacheBytes(config, contextLimit))
  return Math.max(1, Math.min(256, most))
}

/** Builds the programs before the first request comes, and finds out whether the device works. */
async function warmUp(sampler: Sampler): Promise<void> {
  const context = Int32Array.of(sampler.vocab.eos)
  for await (const { sample } of sampler.sample([{ context, maxTokens: 2, seed: 0 }])) {
    if (sample.error === undefined) continue
    throw new GradusError('engine/cannot-sample', `the model cannot be sampled from: ${sample.error}`, {
      hint: 'Try another checkpoint with --step.',
    })
  }
  sampler.forget?.()
}
