// gradus show: what it refuses before it listens, and a whole life with a port in this process.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { makeScoredRun } from '../../compare/__fixtures__/scored-run.ts'
import { listeningIo } from '../__fixtures__/listening-io.ts'
import { runProgram } from '../program.ts'
// Loaded before the first test, whose time it would take.
import './show-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'gradus-show-'))
makeScoredRun(join(folder, 'mine'), { evaluations: { 0: ['rw'], 2: ['rr'] } })
writeFileSync(join(folder, 'file'), '')
mkdirSync(join(folder, 'empty'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Shows until it says where, lets `work` use it, and stops it as a signal does. */
async function showing(
  args: readonly string[],
  work: (said: string) => Promise<void>,
  signal: NodeJS.Signals = 'SIGTERM',
) {
  const io = listeningIo()
  const ready = new Promise<string>((resolve) => {
    const out = io.out.bind(io)
    io.out = (text) => {
      out(text)
      resolve(text)
    }
  })
  const ended = runProgram(['show', ...args], io, () => '1.2.3')
  const first = await Promise.race([ready, ended])
  if (typeof first === 'string') {
    await work(first)
    process.emit(signal)
  }
  return { code: await ended, out: io.results, err: io.errors }
}

describe('gradus show refuses', () => {
  it.each<[readonly string[], string]>([
    [['/no/such/folder'], 'usage/no-folder'],
    [[join(folder, 'file')], 'usage/no-folder'],
    [[folder, '--port', '65536'], 'usage/bad-option'],
    [[folder, '--port', 'x'], 'usage/bad-option'],
    [[folder, '--host', '192.0.2.1', '--port', '0'], 'usage/bad-host'],
  ])('%j', async (args, code) => {
    const ended = await showing(args, async () => {})
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`error[${code}]`)
  })
})

describe('gradus show', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('says where it is, answers, and ends well on %s', async (signal) => {
    const ended = await showing(
      [folder, '--port', '0', '--json'],
      async (said) => {
        const { url } = JSON.parse(said)
        const runs = await (await fetch(`${url}/api/runs`)).json()
        expect(runs).toMatchObject({ root: folder, runs: [{ run: 'mine', step: 2 }] })
        expect((await fetch(`${url}/api/runs`, { headers: { origin: 'http://evil.example' } })).status).toBe(403)
        // A page that listens does not keep the server from ending.
        const events = await fetch(`${url}/api/changes`)
        expect(events.status).toBe(200)
        const second = await showing([folder, '--port', new URL(url).port], async () => {})
        expect(second).toMatchObject({ code: 2, out: '' })
        expect(second.err).toContain('error[usage/port-in-use]')
      },
      signal,
    )
    expect(ended.code, ended.err).toBe(0)
    expect(JSON.parse(ended.out)).toEqual({ url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) })
  })

  it('says it in words, of an empty folder too', async () => {
    const ended = await showing([join(folder, 'empty'), '--port', '0', '--quiet'], async () => {})
    expect(ended).toMatchObject({ code: 0, err: '' })
    expect(ended.out).toMatch(/^Gradus at http:\/\/127\.0\.0\.1:\d+ \(Ctrl-C ends\)\n$/)
  })

  it('takes the next port where the usual one is taken', async () => {
    const holder = await hold(4747)
    const ended = await showing([folder, '--json', '--quiet'], async (said) => {
      expect(Number(new URL(JSON.parse(said).url).port)).toBeGreaterThan(4747)
    })
    expect(ended.code, ended.err).toBe(0)
    holder?.close()
  })

  it('warns where others can reach it', async () => {
    const ended = await showing([folder, '--host', '0.0.0.0', '--port', '0', '--quiet'], async (said) => {
      expect(said).toContain('http://127.0.0.1:')
    })
    expect(ended.err).toMatch(/^warning: anyone who reaches 0\.0\.0\.0/)
  })
})

/** Takes a port, unless something has it already. */
const hold = (port: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
