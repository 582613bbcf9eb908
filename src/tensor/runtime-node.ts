// onnxruntime-node as a runtime. Inputs are read in place and results can be written into arrays of the caller; see
// docs/decisions for what was measured of both. A session is the library's own: nothing stands between it and a run.
import * as ort from 'onnxruntime-node'
import type { Runtime, RuntimeSession } from './runtime.ts'

/** The runtime of Node. */
export const nodeRuntime: Runtime = {
  async open(model, { device, threads, profilePrefix }) {
    const session = await ort.InferenceSession.create(model, {
      executionProviders: device === 'cpu' ? ['cpu'] : [device, 'cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      logSeverityLevel: 3,
      ...(profilePrefix !== undefined && { enableProfiling: true, profileFilePrefix: profilePrefix }),
      // Idle workers of one session must not spin against the session that runs now.
      extra: { session: { force_spinning_stop: '1' } },
    })
    return session as RuntimeSession
  },
  tensor: (type, data, dims) =>
    type === 'int32'
      ? new ort.Tensor('int32', data as Int32Array, dims)
      : new ort.Tensor('float32', data as Float32Array, dims),
  longs: (data, dims) => new ort.Tensor('int64', data, dims),
}
