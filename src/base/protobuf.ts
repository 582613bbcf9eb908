// Writes protocol-buffer messages into one growing buffer. Knows field numbers and wire types, nothing of what
// they mean. Default values are left out by the callers, where proto3 asks for it.
const encoder = new TextEncoder()

/** A message under construction. Sub-messages are written by callback and get their length afterwards. */
export class MessageWriter {
  #bytes = new Uint8Array(1024)
  #length = 0

  /** The bytes written so far (a view). */
  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }

  #varint(value: number): void {
    this.#reserve(10)
    if (value >= 0) {
      let rest = value
      while (rest >= 128) {
        this.#bytes[this.#length++] = (rest % 128) + 128
        rest = Math.floor(rest / 128)
      }
      this.#bytes[this.#length++] = rest
      return
    }
    // Negative numbers are 64-bit two's complement: ten bytes.
    let rest = BigInt.asUintN(64, BigInt(value))
    while (rest >= 128n) {
      this.#bytes[this.#length++] = Number(rest & 127n) | 128
      rest >>= 7n
    }
    this.#bytes[this.#length++] = Number(rest)
  }

  int(field: number, value: number): this {
    this.#varint(field * 8)
    this.#varint(value)
    return this
  }

  float(field: number, value: number): this {
    this.#varint(field * 8 + 5)
    this.#reserve(4)
    new DataView(this.#bytes.buffer).setFloat32(this.#length, value, true)
    this.#length += 4
    return this
  }

  double(field: number, value: number): this {
    this.#varint(field * 8 + 1)
    this.#reserve(8)
    new DataView(this.#bytes.buffer).setFloat64(this.#length, value, true)
    this.#length += 8
    return this
  }

  /** Several integers in one field. */
  packed(field: number, values: readonly number[]): this {
    const inner = new MessageWriter()
    for (const value of values) inner.#varint(value)
    return this.bytes(field, inner.finish())
  }

  bytes(field: number, value: Uint8Array): this {
    this.#varint(field * 8 + 2)
    this.#varint(value.length)
    this.#reserve(value.length)
    this.#bytes.set(value, this.#length)
    this.#length += value.length
    return this
  }

  string(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value))
  }

  message(field: number, write: (inner: MessageWriter) => void): this {
    const inner = new MessageWriter()
    write(inner)
    return this.bytes(field, inner.finish())
  }
}
