// What a process killed between two renames leaves is put right.
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  finishCheckpoint,
  listCheckpoints,
  prepareCheckpoint,
  pruneCheckpoints,
  readCheckpoint,
  restoreInterrupted,
} from './checkpoints.ts'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'gradus-checkpoints-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

function checkpoint(step: number, content = 'weights'): string {
  const folder = prepareCheckpoint(dir, step)
  mkdirSync(join(folder, 'tokenizer'))
  writeFileSync(join(folder, 'tokenizer', 'vocab.json'), '{}')
  writeFileSync(join(folder, 'model'), content)
  return finishCheckpoint(dir, { step, tokens: 0, time_s: 0, data: {} }, { 'metrics.jsonl': 0 })
}

describe('a checkpoint', () => {
  it('is not listed before it is finished', () => {
    prepareCheckpoint(dir, 3)
    expect(listCheckpoints(dir)).toEqual([])
  })

  it('records the checksums of its files, those in folders too', () => {
    // CRC-32 of "123456789" is the check value of its definition.
    const read = readCheckpoint(checkpoint(3, '123456789'))
    expect(read).toMatchObject({
      state: { files: { model: { bytes: 9, crc32: 0xcbf43926 }, 'tokenizer/vocab.json': { bytes: 2 } } },
    })
  })

  it('starts empty although an earlier attempt left files', () => {
    writeFileSync(join(prepareCheckpoint(dir, 3), 'junk'), '')
    expect(readdirSync(prepareCheckpoint(dir, 3))).toEqual([])
  })
})

describe('restoreInterrupted', () => {
  it('brings back the old checkpoint when its replacement never came', () => {
    const folder = checkpoint(5)
    renameSync(folder, join(dir, 'checkpoints/.step-000005.old'))
    restoreInterrupted(dir)
    expect(readCheckpoint(folder)).toMatchObject({ state: { step: 5 } })
  })

  it('removes leftovers and keeps what was set aside for inspection', () => {
    checkpoint(5)
    for (const name of ['.step-000005.old', '.step-000004.gone', '.step-000006.tmp', '.step-000001.damaged']) {
      mkdirSync(join(dir, 'checkpoints', name))
    }
    restoreInterrupted(dir)
    expect(readdirSync(join(dir, 'checkpoints')).sort()).toEqual(['.step-000001.damaged', 'step-000005'])
  })
})

describe('pruneCheckpoints', () => {
  it.each([
    [{}, [1, 2, 3, 4]],
    [{ last: 2 }, [3, 4]],
    [{ last: 0 }, [4]],
    [{ every: 2 }, [2, 4]],
    [{ every: 3 }, [3, 4]],
  ])('with %j keeps %j', (policy, kept) => {
    for (const step of [1, 2, 3, 4]) checkpoint(step)
    pruneCheckpoints(dir, policy)
    expect(listCheckpoints(dir).map((entry) => entry.step)).toEqual(kept)
    expect(readdirSync(join(dir, 'checkpoints'))).toHaveLength(kept.length)
  })
})
