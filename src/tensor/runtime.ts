// What a program needs of whatever runs ONNX graphs: a session from bytes, and tensors over typed arrays. `runtime-node.ts`
// is onnxruntime-node; a browser gives its own in `CompileOptions`. Nothing here is loaded at run time.

/** Where a program runs. `cuda` needs ONNX Runtime's own GPU libraries beside the npm package. */
export type Device = 'cpu' | 'webgpu' | 'cuda'

/** Numbers in and out. */
export type Numbers = Float32Array | Int32Array

/** An array with its dimensions, as the runtime wants it. Made by the runtime that reads it, and by no other. */
export interface RuntimeTensor {
  readonly data: unknown
}

/** How to open a session. */
export interface SessionOptions {
  readonly device: Device
  /** Threads inside one operator. */
  readonly threads: number
  /** Writes a chrome trace next to this prefix, where the runtime can. */
  readonly profilePrefix?: string
}

/** A graph ready to run. */
export interface RuntimeSession {
  /**
   * Runs once. `fetches` names the outputs, each with a tensor that its numbers may be written into, or null. A runtime
   * that cannot write into given tensors gives fresh ones.
   */
  run(
    feeds: Readonly<Record<string, RuntimeTensor>>,
    fetches: Readonly<Record<string, RuntimeTensor | null>>,
  ): Promise<Readonly<Record<string, RuntimeTensor>>>
  /** Frees its memory. */
  release(): Promise<void>
}

/** Runs ONNX graphs. */
export interface Runtime {
  /** Compiles a model. */
  open(model: Uint8Array, options: SessionOptions): Promise<RuntimeSession>
  /** An array as a tensor. The array is read when a session runs, so its numbers may change until then. */
  tensor(type: 'float32' | 'int32', data: Numbers, dims: readonly number[]): RuntimeTensor
  /** The same for 64-bit integers. */
  longs(data: BigInt64Array, dims: readonly number[]): RuntimeTensor
}
