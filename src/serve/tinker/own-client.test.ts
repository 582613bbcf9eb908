// Our client on our server comes to what the embedded engine comes to with the same adapter.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Trainer, Update } from '../../contracts/index.ts'
import { batchOf, nll, surrogate } from '../../engine/__fixtures__/tiny-batch.ts'
import { collect, largestDifference, tinyModel, tinyTokenizer } from '../../engine/__fixtures__/tiny-model.ts'
import { saveModel } from '../../engine/checkpoint.ts'
import { EmbeddedTrainer } from '../../engine/embedded-trainer.ts'
import { tinkerHost } from '../../engine/remote/tinker/index.ts'
import { freshLora, loraConfig } from '../../model/lora.ts'
import { TinyServer } from './__fixtures__/tiny-server.ts'

const server = new TinyServer()
const folder = mkdtempSync(join(tmpdir(), 'own-client-'))
const notes: string[] = []
const host = tinkerHost({ url: 'http://server.test', fetch: server.fetch, onNote: (note) => notes.push(note) })
const opened: Trainer[] = []
afterAll(async () => {
  for (const trainer of opened) await trainer.dispose()
  await server.close()
  rmSync(folder, { recursive: true })
})

const lora = loraConfig.parse({ rank: 2, alpha: 32, seed: 3 })
const optimizer = { kind: 'adamw', beta1: 0.8, beta2: 0.9, eps: 1e-6, weightDecay: 0.1 } as const
const update: Update = { optimizer, lr: 0.02, schedule: { kind: 'constant' }, lora }

async function pair(): Promise<{ remote: Trainer; embedded: Trainer }> {
  await saveModel(folder, tinyModel())
  const remote = await host.trainer(folder, update, { resume: false })
  const base = tinyModel()
  const adapter = freshLora(base.arena.params, lora)
  const embedded = new EmbeddedTrainer({ ...base, adapter }, { optimizer })
  opened.push(remote, embedded)
  return { remote, embedded }
}

describe('our client on our server', () => {
  it.each([nll, surrogate])('trains with $id as the embedded engine does', async (loss) => {
    const { remote, embedded } = await pair()
    const batch = batchOf({ groups: 4, zeroGroups: 1 })
    const norms: number[][] = []
    for (let step = 0; step < 3; step++) {
      const reports = []
      for (const trainer of [remote, embedded]) {
        await trainer.forwardBackward(batch.slice(0, 6), loss)
        await trainer.forwardBackward(batch.slice(6), loss)
        reports.push((await trainer.optimStep({ lr: 0.02, clipNorm: 5 })).gradNorm)
      }
      norms.push(reports)
    }
    const [mine, theirs] = await Promise.all([remote, embedded].map((trainer) => trainer.forward(batch, nll)))
    expect(mine.total / theirs.total).toBeCloseTo(1, 4)
    mine.sequences?.forEach(({ logprobs }, i) => {
      expect(largestDifference(logprobs, theirs.sequences?.[i].logprobs ?? [])).toBeLessThan(1e-3)
    })
    for (const [remoteNorm, embeddedNorm] of norms) expect(remoteNorm / embeddedNorm).toBeCloseTo(1, 3)
    expect(notes.filter((note) => note.includes('looks like'))).toEqual([])
  })

  it('samples, scores, saves and resumes', async () => {
    const { remote } = await pair()
    const batch = batchOf({ groups: 2 })
    const learn = async (trainer: Trainer): Promise<void> => {
      await trainer.forwardBackward(batch, nll)
      await trainer.optimStep({ lr: 0.02 })
    }
    await learn(remote)
    const sampler = await remote.sampler()
    const context = tinyTokenizer.encode('abc')
    const [[first, second]] = await collect(sampler, [{ context, n: 2, maxTokens: 8, seed: 4 }])
    const [scored] = await sampler.score([{ context, ids: first.ids }])
    expect(largestDifference(scored.logprobs, first.logprobs)).toBeLessThan(1e-4)
    expect(String(second.ids)).not.toBe(String(first.ids))
    await sampler.dispose()
    const saved = join(folder, 'saved')
    await remote.save(saved)
    const resumed = await host.trainer(saved, update, { resume: true })
    opened.push(resumed)
    await learn(remote)
    await learn(resumed)
    const [a, b] = [await remote.forward(batch, nll), await resumed.forward(batch, nll)]
    expect(b.total).toBe(a.total)
  })
})
