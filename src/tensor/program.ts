// A compiled graph: a session of ONNX Runtime that binds named dimensions and typed arrays. Which library runs it is not
// known here: `runtime.ts` says what it must do, and that of Node is taken where no other is given.
import { GradusError, messageOf } from '../base/error.ts'
import { type EmittedModel, emit } from './onnx/emit.ts'
import type { Device, Numbers, Runtime, RuntimeSession, RuntimeTensor } from './runtime.ts'
import { bindDim, showShape } from './shape.ts'
import type { Tensor } from './tensor.ts'

/** Told when the runtime begins and ends work on a run: what lies between two runs is spent around it. */
export interface RunObserver {
  runStarts(): void
  runEnds(): void
}

/** How to compile. */
export interface CompileOptions {
  readonly device?: Device
  /** Threads inside one operator; default 2. */
  readonly threads?: number
  /** Writes a chrome trace next to this prefix when the program is disposed. */
  readonly profilePrefix?: string
  /** For measurements. */
  readonly observer?: RunObserver
  /** What runs the graph; default onnxruntime-node, loaded when first needed. */
  readonly runtime?: Runtime
}

/** Inputs of fixed shape that are read from the same arrays in every run; the arrays may change between runs. */
export type Binding = ReadonlyMap<string, RuntimeTensor>

/** What to run with. */
export interface RunArguments {
  /** Sizes of the named dimensions. */
  readonly sizes?: Readonly<Record<string, number>>
  /** Inputs that stay the same from run to run, from {@link Program.bind}. */
  readonly binding?: Binding
  /** Numbers by input name, besides those of the binding. */
  readonly feeds?: Readonly<Record<string, Numbers>>
  /** Arrays to write outputs into; may be longer than the output. */
  readonly into?: Readonly<Record<string, Numbers>>
}

/** A graph ready to run. Dispose it when done: its memory is not the garbage collector's. */
export class Program {
  readonly #runtime: Runtime
  readonly #session: RuntimeSession
  readonly #inputs: ReadonlyMap<string, Tensor>
  readonly #outputs: Readonly<Record<string, Tensor>>
  readonly #sizeInputs: readonly string[]
  readonly #observer: RunObserver | undefined
  #disposed = false

  private constructor(
    runtime: Runtime,
    session: RuntimeSession,
    model: EmittedModel,
    outputs: Readonly<Record<string, Tensor>>,
    observer: RunObserver | undefined,
  ) {
    this.#runtime = runtime
    this.#session = session
    this.#observer = observer
    this.#inputs = new Map(model.inputs.map((x) => [x.attrs.name as string, x]))
    this.#sizeInputs = model.sizeInputs
    this.#outputs = outputs
  }

  /** Compiles the graph that computes the named outputs. */
  static async compile(outputs: Readonly<Record<string, Tensor>>, options: CompileOptions = {}): Promise<Program> {
    const { device = 'cpu', threads = 2, profilePrefix, observer } = options
    const model = emit(outputs, { device })
    const runtime = options.runtime ?? (await import('./runtime-node.ts')).nodeRuntime
    try {
      const session = await runtime.open(model.bytes, { device, threads, profilePrefix })
      return new Program(runtime, session, model, outputs, observer)
    } catch (cause) {
      throw new GradusError('tensor/compile', `the graph does not compile for ${device}: ${messageOf(cause)}`, {
        hint: device === 'cpu' ? 'This is a defect of an operator; please report it.' : 'Try device cpu.',
        cause,
      })
    }
  }

  /** Names of the inputs. */
  get inputs(): readonly string[] {
    return [...this.#inputs.keys()]
  }

  has(input: string): boolean {
    return this.#inputs.has(input)
  }

  /** Prepares inputs of fixed shape for many runs; names that the program does not read are passed over. */
  bind(feeds: Iterable<readonly [string, Numbers]>): Binding {
    const binding = new Map<string, RuntimeTensor>()
    for (const [name, data] of feeds) {
      const like = this.#inputs.get(name)
      if (like) binding.set(name, this.#tensor(like, data, {}))
    }
    return binding
  }

  #input(name: string): Tensor {
    const found = this.#inputs.get(name)
    if (!found)
      throw new GradusError('tensor/unknown-input', `the program has no input "${name}"`, {
        hint: `Its inputs: ${this.inputs.join(', ')}.`,
      })
    return found
  }

  #tensor(like: Tensor, data: Numbers, sizes: Readonly<Record<string, number>>): RuntimeTensor {
    const dims = like.shape.map((dim) => bindDim(dim, sizes))
    let count = 1
    for (const dim of dims) count *= dim
    if (data.length < count)
      throw new GradusError(
        'tensor/shape',
        `${like.attrs.name ?? 'output'} ${showShape(like.shape)} needs ${count} numbers for ${showShape(dims)}, got ${data.length}`,
      )
    const exact = data.length === count ? data : data.subarray(0, count)
    if (like.dtype === 'int64') return this.#runtime.longs(BigInt64Array.from(exact as Int32Array, BigInt), dims)
    return this.#runtime.tensor(like.dtype === 'int32' ? 'int32' : 'float32', exact, dims)
  }

  /** Runs once. Outputs not in `into` are fresh arrays. */
  async run({ sizes = {}, binding, feeds = {}, into = {} }: RunArguments = {}): Promise<Record<string, Numbers>> {
    if (this.#disposed) throw new GradusError('tensor/disposed', 'the program was disposed and cannot run')
    const inputs: Record<string, RuntimeTensor> = {}
    for (const name in feeds) inputs[name] = this.#tensor(this.#input(name), feeds[name], sizes)
    for (const name of this.#inputs.keys()) {
      if (inputs[name] !== undefined) continue
      const bound = binding?.get(name)
      if (!bound)
        throw new GradusError('tensor/missing-input', `input "${name}" was not given`, {
          hint: `The program reads ${this.inputs.join(', ')}.`,
        })
      inputs[name] = bound
    }
    for (const dim of this.#sizeInputs)
      inputs[`size.${dim}`] = this.#runtime.longs(BigInt64Array.of(BigInt(bindDim(dim, sizes))), [1])
    const fetches: Record<string, RuntimeTensor | null> = {}
    for (const name in this.#outputs) {
      const target = into[name]
      fetches[name] = target === undefined ? null : this.#tensor(this.#outputs[name], target, sizes)
    }
    this.#observer?.runStarts()
    const results = await this.#session.run(inputs, fetches)
    this.#observer?.runEnds()
    const out: Record<string, Numbers> = {}
    for (const name in this.#outputs) {
      const data = results[name].data as Numbers
      const target = into[name]
      // A runtime that does not write into given arrays is seen here.
      if (target !== undefined && (data.buffer !== target.buffer || data.byteOffset !== target.byteOffset))
        target.set(data as Float32Array & Int32Array)
      out[name] = target === undefined ? data : target
    }
    return out
  }

  async dispose(): Promise<void> {
    if (this.#disposed) return
    this.#disposed = true
    await this.#session.release()
  }
}
