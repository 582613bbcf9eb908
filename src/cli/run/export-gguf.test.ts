// Where the file goes, what is said about it, and what is refused. The file itself: src/model/gguf.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyModel } from '../../engine/__fixtures__/tiny-model.ts'
import { saveModel } from '../../engine/checkpoint.ts'
import type { Shell } from '../io.ts'
import { exportCommand } from './export-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'export-gguf-'))
const at = (name: string): string => join(folder, name)
beforeAll(() => saveModel(at('mine'), tinyModel()))
afterAll(() => rmSync(folder, { recursive: true }))

async function exported(
  options: Omit<Parameters<typeof exportCommand>[1], 'to'>,
): Promise<{ out: string; err: string }> {
  const said = { out: '', err: '' }
  const io: Shell['io'] = {
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
    isLive: false,
    columns: 80,
    hasColour: false,
  }
  expect(await exportCommand(at('mine'), { to: 'gguf', ...options }, { io, command: '' })).toBe(0)
  return said
}

describe('gradus export --to gguf', () => {
  it('writes a file into a folder under the name of the model and its format', async () => {
    mkdirSync(at('out'))
    const { out } = await exported({ out: at('out'), dtype: 'f16' })
    expect(out).toContain(at('out/mine-f16.gguf'))
    expect(readFileSync(at('out/mine-f16.gguf')).subarray(0, 4).toString()).toBe('GGUF')
  })

  it('says as JSON what it wrote, and beside it what stayed wide', async () => {
    const { out, err } = await exported({ out: at('deep/x.gguf'), dtype: 'q8_0', json: true })
    const result = JSON.parse(out) as { bytes: number; notes: string[] }
    expect(result).toMatchObject({ out: at('deep/x.gguf'), to: 'gguf', dtype: 'q8_0' })
    expect(result.bytes).toBe(readFileSync(at('deep/x.gguf')).length)
    expect(result.notes).toEqual([expect.stringContaining('stay f32')])
    expect(err).toBe(`note: ${result.notes[0]}\n`)
    expect((await exported({ out: at('quiet.gguf'), dtype: 'q8_0', quiet: true })).err).toBe('')
  })

  it('never writes over a file', async () => {
    await exported({ out: at('twice.gguf') })
    await expect(exported({ out: at('twice.gguf') })).rejects.toMatchObject({ code: 'usage/not-empty' })
  })

  it('leaves --dtype to itself, and asks the others for --out', async () => {
    const shell = { io: {}, command: '' } as unknown as Shell
    const run = (options: Parameters<typeof exportCommand>[1]) => exportCommand(at('mine'), options, shell)
    await expect(run({ to: 'hf', out: at('hf'), dtype: 'f16' })).rejects.toMatchObject({ code: 'usage/bad-option' })
    await expect(run({ to: 'onnx' })).rejects.toMatchObject({ code: 'usage/bad-option' })
    expect(existsSync(at('hf'))).toBe(false)
  })
})
