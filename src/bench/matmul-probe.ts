// What this machine can do right now: fp32 products of 1024 x 1024 matrices by the same runtime in the same process.
import type { Clock } from '../contracts/index.ts'
import { type Binding, type CompileOptions, input, matmul, Program, type Tensor } from '../tensor/index.ts'

const SIZE = 1024
/** Products in one run: with a single one, a fifth of the time is the call, and the peak would look lower than it is. */
const PRODUCTS = 4

/** Times matrix products, whenever asked. */
export class MatmulProbe {
  readonly #program: Program
  readonly #binding: Binding
  readonly #result = new Float32Array(SIZE * SIZE)
  readonly #clock: Clock

  private constructor(program: Program, clock: Clock) {
    this.#program = program
    this.#clock = clock
    // Values that neither grow nor vanish over the products.
    const left = new Float32Array(SIZE * SIZE).fill(1)
    const right = new Float32Array(SIZE * SIZE).fill(1 / SIZE)
    this.#binding = program.bind([
      ['left', left],
      ['right', right],
    ])
  }

  static async compile(clock: Clock, options: CompileOptions = {}): Promise<MatmulProbe> {
    const right = input('right', [SIZE, SIZE])
    let product: Tensor = input('left', [SIZE, SIZE])
    for (let i = 0; i < PRODUCTS; i++) product = matmul(product, right)
    const probe = new MatmulProbe(await Program.compile({ product }, options), clock)
    // The first run allocates.
    await probe.gflops()
    return probe
  }

  /** 10^9 floating-point operations a second, of one run. */
  async gflops(): Promise<number> {
    const start = this.#clock.nowMs()
    await this.#program.run({ binding: this.#binding, into: { product: this.#result } })
    return (PRODUCTS * 2 * SIZE ** 3) / (this.#clock.nowMs() - start) / 1e6
  }

  async dispose(): Promise<void> {
    await this.#program.dispose()
  }
}
