// The stack machine of the family prog-exec: a digit pushes itself, + - * take two numbers and push the result modulo
// 100, d copies the top, s swaps the two on top, and `3(...)` runs what is inside three times. Programs are unrolled
// into a bounded list of plain instructions before they run.

/** Values are 0 to 99. */
export const modulus = 100
const maxRun = 400

/** The instructions in the order in which they run, loops unrolled; undefined for a program that makes no sense. */
export function unroll(program: string): readonly string[] | undefined {
  // Each open loop: where its body starts and how often it still runs.
  const loops: { start: number; left: number }[] = []
  const run: string[] = []
  let at = 0
  while (at < program.length) {
    const char = program[at]
    if (/\d/.test(char) && program[at + 1] === '(') {
      if (char === '0') return undefined
      loops.push({ start: at + 2, left: Number(char) - 1 })
      at += 2
    } else if (char === ')') {
      const loop = loops[loops.length - 1]
      if (loop === undefined) return undefined
      if (loop.left-- > 0) at = loop.start
      else {
        loops.pop()
        at++
      }
    } else if (/[\d+\-*ds]/.test(char)) {
      run.push(char)
      if (run.length > maxRun) return undefined
      at++
    } else return undefined
  }
  return loops.length === 0 ? run : undefined
}

/** The stack after an instruction, top last; undefined when it takes more than there is. */
export function execute(stack: readonly number[], instruction: string): readonly number[] | undefined {
  if (/\d/.test(instruction)) return [...stack, Number(instruction)]
  const top = stack.at(-1)
  const below = stack.at(-2)
  if (top === undefined) return undefined
  if (instruction === 'd') return [...stack, top]
  if (below === undefined) return undefined
  const rest = stack.slice(0, -2)
  switch (instruction) {
    case '+':
      return [...rest, (below + top) % modulus]
    case '-':
      return [...rest, (below - top + modulus) % modulus]
    case '*':
      return [...rest, (below * top) % modulus]
    default:
      return [...rest, top, below]
  }
}
