// What the reader throws to itself when a part is not mathematics; it never leaves `readAnswer`. Not an Error: no
// stack is collected, since giving up on a part is ordinary and must be cheap.

/** A part that cannot be read. `isFinal` when a limit was met, so that nothing else is tried. */
export class Unreadable {
  readonly reason: string
  readonly isFinal: boolean

  constructor(reason: string, isFinal = false) {
    this.reason = reason
    this.isFinal = isFinal
  }
}
