// Whether an error means that there is no memory left: JavaScript, WebAssembly and ONNX Runtime say it in different words.
import { messageOf } from '../../../../src/base/error.ts'

const SIGNS = [
  'out of memory',
  'bad_alloc',
  '(oom)',
  'array buffer allocation failed',
  'could not allocate',
  'memory.grow',
]

/** Looks through causes as well: a failed sample keeps only the words. */
export function isOutOfMemory(error: unknown): boolean {
  for (let at = error, depth = 0; at !== undefined && at !== null && depth < 5; depth++) {
    const words = messageOf(at).toLowerCase()
    if (SIGNS.some((sign) => words.includes(sign))) return true
    at = at instanceof Error ? at.cause : undefined
  }
  return false
}
