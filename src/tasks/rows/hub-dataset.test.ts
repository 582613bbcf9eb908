import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hubDataset, isHubAddress } from './hub-dataset.ts'

const small = '{"id":"a"}\n'
const large = `${'{"id":"b"}\n'.repeat(5000)}`
const blobName = (text: string) => createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex')

/** A hub with two data files and a script, which notes every range it is asked for. */
class TestHub {
  asked: string[] = []
  damage = false
  paths = { small: 'data/test.jsonl', large: 'data/train.jsonl' }
  private server!: Server

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://hub')
      if (url.pathname.includes('/tree/')) {
        const lfs = { oid: createHash('sha256').update(large).digest('hex'), size: large.length, pointerSize: 130 }
        const entries = [
          { type: 'file', path: this.paths.small, size: small.length, oid: blobName(small) },
          { type: 'file', path: this.paths.large, size: large.length, oid: '0'.repeat(40), lfs },
          { type: 'file', path: 'make.py', size: 3, oid: '1'.repeat(40) },
        ]
        response.setHeader('content-type', 'application/json').end(JSON.stringify(entries))
        return
      }
      const body = url.pathname.endsWith('train.jsonl') ? large : small
      const range = /bytes=(\d+)-(\d*)/.exec(request.headers.range ?? '')
      const [from, to] = range === null ? [0, body.length - 1] : [Number(range[1]), Number(range[2] || body.length - 1)]
      const end = Math.min(to, body.length - 1)
      this.asked.push(`${url.pathname.split('/').at(-1)} ${from}-${end}`)
      const sent = body.slice(from, end + 1)
      response.writeHead(range === null ? 200 : 206, {
        'content-length': sent.length,
        'content-range': `bytes ${from}-${end}/${body.length}`,
        etag: '"x"',
        'accept-ranges': 'bytes',
      })
      response.end(this.damage ? sent.replaceAll('b', 'x') : sent)
    })
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

describe('hubDataset', () => {
  let hub: TestHub
  let hubUrl = ''
  let cacheDir = ''
  beforeEach(async () => {
    hub = new TestHub()
    hubUrl = await hub.start()
    cacheDir = await mkdtemp(join(tmpdir(), 'gradus-hub-'))
  })
  afterEach(async () => {
    await hub.stop()
    await rm(cacheDir, { recursive: true })
  })
  const largeBytes = () => hub.asked.filter((line) => line.startsWith('train.jsonl') && !/ 0-9$/.test(line))

  it('fetches the data files, and nothing again', async () => {
    const folder = await hubDataset('hf:owner/set', { cacheDir, hubUrl })
    expect(await readFile(join(folder, 'data/train.jsonl'), 'utf8')).toBe(large)
    expect(await readFile(join(folder, 'data/test.jsonl'), 'utf8')).toBe(small)
    await expect(readFile(join(folder, 'make.py'))).rejects.toThrow()
    const before = hub.asked.length
    await hubDataset('hf:owner/set', { cacheDir, hubUrl })
    expect(hub.asked.length).toBe(before)
  })

  it('fetches one folder of several, where the address names it', async () => {
    hub.paths = { small: 'main/test.jsonl', large: 'socratic/train.jsonl' }
    const folder = await hubDataset('hf:owner/set/main', { cacheDir, hubUrl })
    expect(await readFile(join(folder, 'test.jsonl'), 'utf8')).toBe(small)
    expect(largeBytes()).toEqual([])
    await expect(hubDataset('hf:owner/set/mai', { cacheDir, hubUrl })).rejects.toEqual(
      expect.objectContaining({ code: 'data/download-failed', message: expect.stringContaining('hf:owner/set/mai') }),
    )
  })

  it('goes on where a download broke off', async () => {
    const folder = join(cacheDir, 'owner--set', 'main', 'data')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'train.jsonl.part'), large.slice(0, 30_000))
    await hubDataset('hf:owner/set', { cacheDir, hubUrl })
    expect(await readFile(join(folder, 'train.jsonl'), 'utf8')).toBe(large)
    expect(largeBytes().some((line) => line.startsWith('train.jsonl 30000-'))).toBe(true)
  })

  it('throws away what does not agree with its checksum', async () => {
    hub.damage = true
    await expect(hubDataset('hf:owner/set', { cacheDir, hubUrl })).rejects.toEqual(
      expect.objectContaining({ code: 'data/bad-checksum' }),
    )
    hub.damage = false
    const folder = await hubDataset('hf:owner/set', { cacheDir, hubUrl })
    expect(await readFile(join(folder, 'data/train.jsonl'), 'utf8')).toBe(large)
  })

  it('refuses a file that would lie outside the folder', async () => {
    hub.paths.small = '../../evil.jsonl'
    await expect(hubDataset('hf:owner/set', { cacheDir, hubUrl })).rejects.toEqual(
      expect.objectContaining({ code: 'data/download-failed', message: expect.stringContaining('outside') }),
    )
  })

  it('says what to do without a network, and refuses what is no address', async () => {
    await hub.stop()
    const failed = hubDataset('hf:owner/set', { cacheDir, hubUrl })
    await expect(failed).rejects.toEqual(
      expect.objectContaining({ code: 'data/download-failed', hint: expect.stringContaining('goes on') }),
    )
    await hub.start()
    for (const address of ['hf:', 'hf:owner', 'hf:a/b/..', 'hf:a/b/c/d/e/f', 'hf:a/b@', 'hf:../x']) {
      await expect(hubDataset(address, { cacheDir, hubUrl })).rejects.toEqual(
        expect.objectContaining({ code: 'usage/bad-address' }),
      )
    }
    expect([isHubAddress('hf:a/b'), isHubAddress('a/b')]).toEqual([true, false])
  })
})
