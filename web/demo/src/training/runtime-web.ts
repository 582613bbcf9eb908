// onnxruntime-web as a runtime: WebAssembly, or WebGPU through WebAssembly. Unlike on Node, every run copies its inputs into the
// module's memory and its results out of it, and given arrays are not written into; a program sees that and copies once
// more. One build of the library is loaded, from beside the page and never from elsewhere.
import type { InferenceSession } from 'onnxruntime-common'
import { GradusError, messageOf } from '../../../../src/base/error.ts'
import type { Runtime, RuntimeSession, RuntimeTensor } from '../../../../src/tensor/runtime.ts'

/** Which build of the library. */
export type WebBackend = 'wasm' | 'webgpu'

/** Loads the library. @throws `engine/no-wasm` when this browser, or the server, has no WebAssembly for it */
export async function webRuntime(backend: WebBackend, threads: number): Promise<Runtime> {
  if (typeof WebAssembly === 'undefined')
    throw new GradusError('engine/no-wasm', 'this browser has no WebAssembly, which runs the model', {
      hint: 'Try a current browser, without a mode that switches WebAssembly off.',
    })
  const { ort, files } = backend === 'wasm' ? await loadWasm() : await loadWebGpu()
  ort.env.logLevel = 'error'
  ort.env.wasm.wasmPaths = files
  ort.env.wasm.numThreads = threads
  return {
    async open(model, { device }) {
      try {
        const session = await ort.InferenceSession.create(model, {
          executionProviders: device === 'webgpu' ? ['webgpu', 'wasm'] : ['wasm'],
          logSeverityLevel: 3,
        })
        return new WebSession(session)
      } catch (cause) {
        throw isMissing(cause)
          ? new GradusError('engine/no-wasm', `the WebAssembly file could not be loaded: ${messageOf(cause)}`, {
              hint: 'The page needs the files that it was published with, in the same folder.',
              cause,
            })
          : cause
      }
    },
    tensor: (type, data, dims) =>
      type === 'int32'
        ? new ort.Tensor('int32', data as Int32Array, dims)
        : new ort.Tensor('float32', data as Float32Array, dims),
    longs: (data, dims) => new ort.Tensor('int64', data, dims),
  }
}

/** Two different sentences of the library. */
const isMissing = (error: unknown): boolean =>
  /no available backend|failed to fetch|both async and sync/i.test(messageOf(error))

/** A session whose results are always fresh arrays. */
class WebSession implements RuntimeSession {
  readonly #session: InferenceSession

  constructor(session: InferenceSession) {
    this.#session = session
  }

  /** Tensors given for outputs are passed over: the library would hand them back as they were. */
  run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
    fetches: Readonly<Record<string, RuntimeTensor | null>>,
  ): Promise<Readonly<Record<string, RuntimeTensor>>> {
    return this.#session.run(feeds as InferenceSession.FeedsType, Object.keys(fetches))
  }

  release(): Promise<void> {
    return this.#session.release()
  }
}

async function loadWasm() {
  const [ort, { default: mjs }, { default: wasm }] = await Promise.all([
    import('onnxruntime-web/wasm'),
    import('onnxruntime-web/ort-wasm-simd-threaded.mjs?url'),
    import('onnxruntime-web/ort-wasm-simd-threaded.wasm?url'),
  ])
  return { ort, files: { mjs, wasm } }
}

async function loadWebGpu() {
  const [ort, { default: mjs }, { default: wasm }] = await Promise.all([
    import('onnxruntime-web/jspi'),
    import('onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url'),
    import('onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url'),
  ])
  return { ort, files: { mjs, wasm } }
}
