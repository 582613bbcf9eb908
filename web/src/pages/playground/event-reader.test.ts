// Events from bodies that arrive in pieces of any size.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvents } from './event-reader.ts'

function bodyOf(chunks: readonly Uint8Array[], onCancel?: () => void): ReadableStream<Uint8Array> {
  const left = [...chunks]
  return new ReadableStream({
    pull(controller) {
      const next = left.shift()
      if (next === undefined) controller.close()
      else controller.enqueue(next)
    },
    cancel: onCancel,
  })
}

async function eventsOf(...texts: string[]): Promise<string[]> {
  const found: string[] = []
  for await (const event of readEvents(bodyOf(texts.map((text) => new TextEncoder().encode(text))))) found.push(event)
  return found
}

describe('reading events', () => {
  it('gives the data of each event', async () => {
    expect(await eventsOf('data: one\n\ndata: two\n\n')).toEqual(['one', 'two'])
  })

  it('joins several lines of data by line ends', async () => {
    expect(await eventsOf('data: a\ndata: b\n\n')).toEqual(['a\nb'])
  })

  it('takes away one space after the colon and no more', async () => {
    expect(await eventsOf('data:x\n\ndata:  y \n\n')).toEqual(['x', ' y '])
  })

  it('passes over comments, other fields and empty events', async () => {
    expect(await eventsOf(': waiting\n\nevent: token\nid: 3\ndata: x\n\n\n\ndata\n\n')).toEqual(['x', ''])
  })

  it('keeps colons inside the data', async () => {
    expect(await eventsOf('data: {"a":"b:c"}\n\n')).toEqual(['{"a":"b:c"}'])
  })

  it('leaves out an event that has no end', async () => {
    expect(await eventsOf('data: whole\n\ndata: torn')).toEqual(['whole'])
  })

  it('knows all three ends of lines', async () => {
    expect(await eventsOf('data: a\r\n\r\ndata: b\r\rdata: c\n\n')).toEqual(['a', 'b', 'c'])
  })

  it('takes CR and LF in two pieces for one end of line', async () => {
    expect(await eventsOf('data: a\r', '\ndata: b\r', '\n\r', '\n')).toEqual(['a\nb'])
  })

  it('gives the same events however the bytes are torn', async () => {
    const whole = new TextEncoder().encode(
      'data: {"text":"é😀中"}\r\n\r\n: wait\n\ndata: 1\ndata: 2\r\rdata: [DONE]\n\n',
    )
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: whole.length - 1 })), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), whole.length]
        const chunks = places.slice(1).map((end, i) => whole.slice(places[i], end))
        const found: string[] = []
        for await (const event of readEvents(bodyOf(chunks))) found.push(event)
        expect(found).toEqual(['{"text":"é😀中"}', '1\n2', '[DONE]'])
      }),
    )
  })

  it('cancels the body when the reader leaves', async () => {
    let isCancelled = false
    const body = bodyOf(
      ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n'].map((text) => new TextEncoder().encode(text)),
      () => {
        isCancelled = true
      },
    )
    for await (const event of readEvents(body)) if (event === '1') break
    expect(isCancelled).toBe(true)
  })

  it('refuses an event that never ends', async () => {
    const long = 'x'.repeat(600_000)
    await expect(eventsOf(`data: ${long}`, long)).rejects.toThrow('without end')
    await expect(eventsOf(`data: ${long}\n`, `data: ${long}\n`)).rejects.toThrow('without end')
  })

  it('passes on an error of the connection', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new TypeError('network'))
      },
    })
    await expect(readEvents(body).next()).rejects.toThrow('network')
  })
})
