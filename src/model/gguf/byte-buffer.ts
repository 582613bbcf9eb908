// Bytes that are appended to, with the little-endian numbers and length-prefixed strings of a GGUF head.

/** A growing array of bytes. */
export class ByteBuffer {
  #data = new Uint8Array(1 << 12)
  #view = new DataView(this.#data.buffer)
  #length = 0
  readonly #utf8 = new TextEncoder()

  get length(): number {
    return this.#length
  }

  bytes(bytes: Uint8Array): void {
    const at = this.#grow(bytes.length)
    this.#data.set(bytes, at)
  }

  /** A whole number modulo 2^32, so negative ones come out as int32. */
  u32(value: number): void {
    const at = this.#grow(4)
    this.#view.setUint32(at, value, true)
  }

  u64(value: number): void {
    const at = this.#grow(8)
    this.#view.setBigUint64(at, BigInt(value), true)
  }

  f32(value: number): void {
    const at = this.#grow(4)
    this.#view.setFloat32(at, value, true)
  }

  /** UTF-8 after its length in bytes. */
  string(text: string): void {
    const bytes = this.#utf8.encode(text)
    this.u64(bytes.length)
    this.bytes(bytes)
  }

  /** What was written. */
  take(): Uint8Array {
    return this.#data.slice(0, this.#length)
  }

  /** Makes room for `count` bytes and gives the place of the first. */
  #grow(count: number): number {
    const at = this.#length
    this.#length += count
    if (this.#length > this.#data.length) {
      const larger = new Uint8Array(Math.max(2 * this.#data.length, this.#length))
      larger.set(this.#data)
      this.#data = larger
      this.#view = new DataView(larger.buffer)
    }
    return at
  }
}
