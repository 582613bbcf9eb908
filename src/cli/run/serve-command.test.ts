// gradus serve: what it refuses before it listens, and a whole life with a port in this process.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tinyModel } from '../../engine/__fixtures__/tiny-model.ts'
import { saveModel } from '../../engine/checkpoint.ts'
import { listeningIo } from '../__fixtures__/listening-io.ts'
import { runProgram } from '../program.ts'

const folder = mkdtempSync(join(tmpdir(), 'gradus-serve-'))
const model = join(folder, 'tiny')
beforeAll(() => saveModel(model, tinyModel()))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(...args: readonly string[]) {
  const io = listeningIo()
  const code = await runProgram(['serve', ...args], io, () => '1.2.3')
  return { code, out: io.results, err: io.errors }
}

/** Serves until it says where, lets `work` use it, and stops it as a signal does. */
async function serving(args: readonly string[], work: (url: string) => Promise<void>) {
  const io = listeningIo()
  const ready = new Promise<string>((resolve) => {
    const out = io.out.bind(io)
    io.out = (text) => {
      out(text)
      resolve(JSON.parse(text).url)
    }
  })
  const ended = runProgram(['serve', model, '--json', '--port', '0', ...args], io, () => '1.2.3')
  const first = await Promise.race([ready, ended])
  if (typeof first === 'string') {
    await work(first)
    process.emit('SIGTERM')
  }
  return { code: await ended, out: io.results, err: io.errors }
}

describe('gradus serve refuses', () => {
  it.each<[readonly string[], string, string]>([
    [['no-such-folder'], 'usage/no-model', 'no-such-folder'],
    [['x', '--port', '65536'], 'usage/bad-option', '65535'],
    [['x', '--port', 'x'], 'usage/bad-option', '--port cannot be "x"'],
    [['x', '--max-rows', '0'], 'usage/bad-option', '--max-rows'],
    [['x', '--api-key-env', 'GRADUS_NO_SUCH_KEY'], 'usage/no-api-key', 'GRADUS_NO_SUCH_KEY'],
    [['x', '--state', 'y'], 'usage/bad-option', '--tinker'],
    [[], 'usage/missing-argument', 'path'],
  ])('%j', async (args, code, text) => {
    const ended = await run(...args)
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`error[${code}]`)
    expect(ended.err).toContain(text)
  })

  it('a context that the model does not have', async () => {
    const ended = await run(model, '--context', '65', '--port', '0', '--quiet')
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('64 tokens at most')
  })

  it('an address that is not of this machine', async () => {
    const ended = await run(model, '--host', '192.0.2.1', '--port', '0', '--quiet')
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain('error[usage/bad-host]')
  })
})

describe('gradus serve', () => {
  it('says where it is, answers, and ends well; a second one cannot have the port', async () => {
    const ended = await serving([], async (url) => {
      const reply = await fetch(`${url}/v1/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ prompt: 'abc', max_tokens: 3, model: 'tiny' }),
      })
      expect(reply.status).toBe(200)
      expect(await reply.json()).toMatchObject({ usage: { prompt_tokens: 3 } })
      const second = await run(model, '--port', new URL(url).port, '--quiet')
      expect(second).toMatchObject({ code: 2, out: '' })
      expect(second.err).toContain('error[usage/port-in-use]')
    })
    expect(ended.code, ended.err).toBe(0)
    expect(JSON.parse(ended.out)).toEqual({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/), model: 'tiny' })
    expect(ended.err).not.toContain('warning')
  })

  it('warns when anyone may ask, and draws alike for equal seeds of its own', async () => {
    const texts: unknown[] = []
    for (let i = 0; i < 2; i++) {
      const ended = await serving(['--host', '0.0.0.0', '--seed', '3', '--name', 'other', '--quiet'], async (url) => {
        const body = JSON.stringify({ prompt: 'abc', max_tokens: 30 })
        const headers = { 'content-type': 'application/json' }
        const reply = await fetch(`${url}/v1/completions`, { method: 'POST', headers, body })
        texts.push(((await reply.json()) as { choices: unknown }).choices)
      })
      expect(JSON.parse(ended.out).model).toBe('other')
      expect(ended.err).toMatch(/^warning: anyone who reaches 0\.0\.0\.0 may use this server/)
    }
    expect(texts[0]).toEqual(texts[1])
  })
})
