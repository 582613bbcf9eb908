// The names of a first derivative: `\frac{dy}{dx}`, `y'`, `f'(x)`.

/** What is derived, and by what where that is said. */
interface Derivative {
  readonly of: string
  readonly by?: string
}

/** Whether two names are of one derivative. */
export function areSameDerivative(a: string | undefined, b: string | undefined): boolean {
  const [left, right] = [a, b].map((name) => (name === undefined ? undefined : readDerivative(name)))
  if (left === undefined || right === undefined || left.of !== right.of) return false
  return left.by === undefined || right.by === undefined || left.by === right.by
}

function readDerivative(name: string): Derivative | undefined {
  const quotient = /^d([a-zA-Z])\/d([a-z])$/.exec(name)
  if (quotient !== null) return { of: quotient[1], by: quotient[2] }
  const marked = /^([a-zA-Z])'(?:\(([a-z])\))?$/.exec(name)
  return marked === null ? undefined : { of: marked[1], by: marked[2] }
}
