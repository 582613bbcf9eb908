import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chainArithmetic } from './chain-arithmetic.ts'
import { countdown } from './countdown.ts'
import { readDataset } from './dataset.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradus-dataset-'))
})
afterAll(() => rm(folder, { recursive: true }))

let files = 0
async function file(content: string | Uint8Array): Promise<string> {
  const path = join(folder, `rows-${files++}.jsonl`)
  await writeFile(path, content)
  return path
}

const three = '{"id":"a","nums":[1,2,3],"target":6,"level":3}'
const four = '{"id":"b","nums":[1,2,3,4],"target":24,"level":4}'

function refusal(code: string, message: string | RegExp): unknown {
  return expect.objectContaining({
    code,
    message: typeof message === 'string' ? expect.stringContaining(message) : expect.stringMatching(message),
    hint: expect.stringMatching(/./),
  })
}

describe('readDataset', () => {
  it('reads rows in order, whatever the line ends, skipping empty lines and a byte-order mark', async () => {
    const path = await file(`\ufeff${three}\r\n\n  \n${four}`)
    const problems = await readDataset(path, countdown, { split: 'test' })
    expect(problems.map(({ id, level, split }) => [id, level, split])).toEqual([
      ['a', 3, 'test'],
      ['b', 4, 'test'],
    ])
  })

  it('keeps the wanted levels, up to the limit', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => (i % 2 ? four : three).replace(/"id":"."/, `"id":"${i}"`))
    const path = await file(rows.join('\n'))
    const problems = await readDataset(path, countdown, { levels: [4], limit: 2 })
    expect(problems.map((problem) => problem.id)).toEqual(['1', '3'])
  })

  it('reads characters and lines that lie across chunks of the stream', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => `{"id":"é${i}","nums":[1,2,3],"target":6,"note":"ééééééé"}`)
    const problems = await readDataset(await file(rows.join('\n')), countdown)
    expect(problems.map((problem) => problem.id)).toEqual(rows.map((_, i) => `é${i}`))
  })

  it('names a row without id by file and line', async () => {
    const [problem] = await readDataset(await file('\n{"nums":[1,2],"target":3}'), countdown)
    expect(problem.id).toMatch(/^rows-\d+\.jsonl:2$/)
  })

  it('names rows of files of one name by their folders', async () => {
    const set = await mkdtemp(join(folder, 'set-'))
    for (const config of ['main', 'socratic']) {
      await mkdir(join(set, config))
      await writeFile(join(set, config, 'train.jsonl'), '{"nums":[1,2],"target":3}')
    }
    const problems = await readDataset(set, countdown)
    expect(problems.map(({ id }) => id)).toEqual(['main/train.jsonl:1', 'socratic/train.jsonl:1'])
    expect((await readDataset(join(set, 'main'), countdown)).map(({ id }) => id)).toEqual(['train.jsonl:1'])
  })

  it.each([
    ['not JSON', `${three}\n{"id":`, /:2: not JSON/],
    ['not an object', `${three}\n\n[1]`, /:3: not a JSON object/],
    ['a bad field', `${three}\n{"id":"c","nums":[1,2,3]}`, /:2: Field "target" is missing/],
    ['a repeated id', `${three}\n${four}\n${three}`, /:3: the id "a" is already that of line 1/],
    ['a line too long', `${three}\n{"id":"${'x'.repeat(1 << 20)}"}`, /:2: longer than/],
  ])('says which line is wrong: %s', async (_what, content, message) => {
    await expect(readDataset(await file(content), countdown)).rejects.toEqual(refusal('data/bad-row', message))
  })

  it('says which line is not UTF-8', async () => {
    const path = await file(Buffer.concat([Buffer.from(`${three}\n`), Buffer.from([0x22, 0xff, 0x22])]))
    await expect(readDataset(path, countdown)).rejects.toEqual(refusal('data/bad-row', ':2: not UTF-8'))
  })

  it('tells a missing file, a folder, an empty file and a level that is not there', async () => {
    const missing = readDataset(join(folder, 'nowhere.jsonl'), countdown)
    await expect(missing).rejects.toEqual(refusal('data/not-found', 'nowhere.jsonl'))
    await expect(readDataset(await mkdtemp(join(folder, 'empty-')), countdown)).rejects.toEqual(
      refusal('data/not-found', 'rows'),
    )
    await expect(readDataset(await file('\n \n'), countdown)).rejects.toEqual(refusal('data/empty-file', 'no rows'))
    const filtered = readDataset(await file(`${three}\n${four}`), countdown, { levels: [5, 6] })
    await expect(filtered).rejects.toMatchObject({ code: 'data/no-rows', hint: 'Its levels are: 3, 4.' })
  })

  it('refuses a task that reads no rows, and a limit below one', async () => {
    const path = await file(three)
    await expect(readDataset(path, chainArithmetic)).rejects.toEqual(refusal('usage/no-rows-for-task', 'chain'))
    await expect(readDataset(path, countdown, { limit: 0 })).rejects.toEqual(refusal('usage/bad-limit', '0'))
  })
})
