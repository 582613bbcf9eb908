// A fake server, a client of it, and beside them the embedded engine with the same model: what one does, the other must.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Loss, Trainer } from '../../../../contracts/index.ts'
import type { OptimizerConfig } from '../../../../optim/index.ts'
import { tinyConfig, tinyTokenizer } from '../../../__fixtures__/tiny-model.ts'
import { EmbeddedTrainer } from '../../../embedded-trainer.ts'
import type { ConnectionOptions } from '../connection.ts'
import { Session } from '../session.ts'
import { TinkerTrainer } from '../tinker-trainer.ts'
import { adaptedModel } from './fake-model.ts'
import type { FakeOptions } from './fake-routes.ts'
import { FakeServer } from './fake-server.ts'
import { likelihood, lossBatch } from './losses.ts'

const RANK = 4
const SEED = 3

/** Of both engines. Epsilon is large enough that rounding of gradients near zero does not become a step. */
export const optimizer: OptimizerConfig = { kind: 'adamw', beta1: 0.9, beta2: 0.95, eps: 1e-3, weightDecay: 0.01 }

/** Everything that a test of the client needs. */
export class World {
  readonly folder: string
  readonly server: FakeServer
  readonly notes: string[] = []
  /** Milliseconds that the client would have slept. */
  readonly sleeps: number[] = []
  readonly options: ConnectionOptions
  readonly #open: { dispose(): Promise<void> }[] = []

  constructor(fake: Omit<FakeOptions, 'disk'> = {}, options: Partial<ConnectionOptions> = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'gradus-tinker-'))
    this.server = new FakeServer({ optimizer, ...fake, disk: this.folder })
    this.options = {
      url: this.server.url,
      dialect: fake.dialect,
      fetch: this.server.fetch,
      sleep: async (ms) => {
        this.sleeps.push(ms)
      },
      onNote: (note) => this.notes.push(note),
      ...options,
    }
  }

  async session(): Promise<Session> {
    return Session.open(this.options)
  }

  async trainer(): Promise<TinkerTrainer> {
    const trainer = await TinkerTrainer.open({
      session: await this.session(),
      plan: { baseModel: 'tiny/base', lora: { rank: RANK, seed: SEED } },
      adam: { beta1: 0.9, beta2: 0.95, eps: 1e-3, weight_decay: 0.01 },
      tokenizer: tinyTokenizer,
      contextLimit: tinyConfig.maxPositions,
    })
    this.#open.push(trainer)
    return trainer
  }

  /** The embedded engine's trainer of the same model. */
  twin(): EmbeddedTrainer {
    const twin = new EmbeddedTrainer(adaptedModel(RANK, SEED), { optimizer })
    this.#open.push(twin)
    return twin
  }

  async close(): Promise<void> {
    for (const one of this.#open) await one.dispose()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** What {@link train} does. */
export interface Training {
  readonly loss: Loss
  readonly steps?: number
  readonly from?: number
  readonly pairs?: boolean
  readonly coefficients?: Readonly<Record<string, number>>
  /** Calls of forwardBackward in each step. */
  readonly calls?: number
}

/** Some steps on batches of their own. */
export async function train(trainer: Trainer, { loss, steps = 5, from = 0, pairs, coefficients, calls = 1 }: Training) {
  const reports = []
  for (let step = from; step < from + steps; step++) {
    const batch = lossBatch(step, { pairs })
    const size = Math.ceil(batch.length / calls)
    for (let at = 0; at < batch.length; at += size)
      reports.push(await trainer.forwardBackward(batch.slice(at, at + size), loss, coefficients))
    await trainer.optimStep({ lr: 0.01, clipNorm: undefined })
  }
  return reports
}

/** Log-probabilities of a batch that nothing was trained on, one after the other. */
export async function probe(trainer: Trainer, loss: Loss = likelihood): Promise<number[]> {
  const { sequences = [] } = await trainer.forward(lossBatch(1000), loss)
  return sequences.flatMap(({ logprobs }) => Array.from(logprobs))
}

/** The largest distance between two lists. */
export function distance(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0)
}
