// The seam between programs and what runs them: a runtime that is given is the one that is asked, one that gives fresh
// arrays does as well as one that writes in place, and what is written for another kernel means the same.
import { describe, expect, it } from 'vitest'
import { gradients } from './gradient.ts'
import { mul, square } from './ops/elementwise.ts'
import { normalize } from './ops/nn.ts'
import { sum } from './ops/reduce.ts'
import { Program } from './program.ts'
import type { Runtime, RuntimeTensor, SessionOptions } from './runtime.ts'
import { nodeRuntime } from './runtime-node.ts'
import { input } from './tensor.ts'

interface Asked {
  readonly opened: SessionOptions[]
  readonly fetched: (RuntimeTensor | null)[]
  released: number
}

/** Like that of a browser: given outputs are passed over. On the CPU, whatever device is asked for. */
function copying(): { runtime: Runtime; asked: Asked } {
  const asked: Asked = { opened: [], fetched: [], released: 0 }
  const runtime: Runtime = {
    ...nodeRuntime,
    async open(model, options) {
      asked.opened.push(options)
      const session = await nodeRuntime.open(model, { ...options, device: 'cpu' })
      return {
        run(feeds, fetches) {
          asked.fetched.push(...Object.values(fetches))
          return session.run(feeds, Object.fromEntries(Object.keys(fetches).map((name) => [name, null])))
        },
        async release() {
          asked.released++
          await session.release()
        },
      }
    },
  }
  return { runtime, asked }
}

const x = input('x', ['N', 2])
const feeds = { x: Float32Array.of(1, -2, 3, 4) }

describe('a runtime that is given', () => {
  it('is asked to open, run and release', async () => {
    const { runtime, asked } = copying()
    const program = await Program.compile({ y: mul(x, 2) }, { runtime, threads: 1, device: 'webgpu' })
    expect(asked.opened).toEqual([{ device: 'webgpu', threads: 1, profilePrefix: undefined }])
    expect([...(await program.run({ sizes: { N: 2 }, feeds })).y]).toEqual([2, -4, 6, 8])
    await program.dispose()
    await program.dispose()
    expect(asked.released).toBe(1)
  })

  it('may give fresh arrays where some were given to write into', async () => {
    const { runtime, asked } = copying()
    const program = await Program.compile({ y: mul(x, 2), total: sum(x) }, { runtime, threads: 1 })
    const all = new Float32Array(8).fill(7)
    const out = await program.run({ sizes: { N: 2 }, feeds, into: { y: all.subarray(2, 6) } })
    expect([...all]).toEqual([7, 7, 2, -4, 6, 8, 7, 7])
    expect(out.y.buffer).toBe(all.buffer)
    expect([...out.total]).toEqual([6])
    expect(asked.fetched.map((tensor) => tensor !== null)).toEqual([true, false])
    await program.dispose()
  })

  it('fails to open with the device in the message', async () => {
    const broken: Runtime = { ...nodeRuntime, open: () => Promise.reject(new Error('no such kernel')) }
    await expect(Program.compile({ y: mul(x, 2) }, { runtime: broken })).rejects.toMatchObject({
      code: 'tensor/compile',
      message: expect.stringContaining('no such kernel'),
    })
  })
})

describe('what is written for WebGPU', () => {
  it('takes nothing from the second output of its normalisation, which is another number there', async () => {
    const y = normalize(x, 1e-5)
    const outputs = { y, dx: gradients(sum(mul(square(y), x)), [x])[0] }
    const cpu = await Program.compile(outputs, { threads: 1 })
    const { runtime } = copying()
    const gpu = await Program.compile(outputs, { runtime, device: 'webgpu', threads: 1 })
    const [want, got] = [await cpu.run({ sizes: { N: 2 }, feeds }), await gpu.run({ sizes: { N: 2 }, feeds })]
    for (const name of ['y', 'dx'])
      [...got[name]].forEach((value, i) => {
        expect(value).toBeCloseTo(want[name][i], 5)
      })
    await Promise.all([cpu.dispose(), gpu.dispose()])
  })

  it('works that number out by itself, and only there', async () => {
    const y = normalize(x, 1e-5)
    const outputs = { dx: gradients(sum(square(y)), [x])[0] }
    const seen: string[] = []
    const reading = (device: 'cpu' | 'webgpu') =>
      Program.compile(outputs, {
        device,
        runtime: {
          ...nodeRuntime,
          open: (model, options) => {
            seen.push(new TextDecoder('latin1').decode(model))
            return nodeRuntime.open(model, { ...options, device: 'cpu' })
          },
        },
      })
    for (const program of [await reading('cpu'), await reading('webgpu')]) await program.dispose()
    expect(seen.map((model) => model.includes('Reciprocal'))).toEqual([false, true])
  })
})
