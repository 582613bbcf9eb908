// llama.cpp's name for the way in which a tokenizer cuts text before merging. llama.cpp has the cutting in code, by name,
// so a pattern is recognised by its exact text and any other is refused: a near one would give other tokens.
import { tokenizerError } from './tokenizer-json.ts'

const rest = String.raw`| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
const words = String.raw`|[^\r\n\p{L}\p{N}]?\p{L}+|`
/** Spellings of English contractions in letters of both cases: by a flag, ours, llama.cpp's. */
const contractions = [
  "(?i:'s|'t|'re|'ve|'m|'ll|'d)",
  "'[sStTmMdD]|'[rRvV][eE]|'[lL][lL]",
  "(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])",
]
const GPT2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`

const DIGIT = String.raw`\p{N}`

/** Steps before bytes, by pattern. All but that of a digit match every character: nothing lies between their matches. */
const steps = new Map<string, string>([
  [GPT2, 'gpt2'],
  [DIGIT, 'digits'],
  ...contractions.flatMap((start): [string, string][] => [
    [`${start}${words}${String.raw`\p{N}`}${rest}`, 'one-digit'],
    [`${start}${words}${String.raw`\p{N}{1,3}`}${rest}`, 'three-digits'],
  ]),
])

/** llama.cpp's names by steps; those with `ignore-merges` take a word that is a token without merging. */
const preNames: Readonly<Record<string, string>> = {
  gpt2: 'gpt-2',
  'digits gpt2': 'smollm',
  'one-digit': 'qwen2',
  'three-digits': 'dbrx',
  'three-digits ignore-merges': 'llama-bpe',
}

/** How deep sequences may be nested. */
const MAX_DEPTH = 4

interface Node {
  readonly type?: unknown
  readonly [key: string]: unknown
}

/**
 * The value of `tokenizer.ggml.pre` for the `pre_tokenizer` of a byte-level tokenizer.
 * @throws `model/gguf-tokenizer`
 */
export function preTokenizerName(preTokenizer: unknown, ignoreMerges: boolean): string {
  const found = stepsOf(preTokenizer, MAX_DEPTH)
  if (found.pop() !== 'bytes') throw tokenizerError('its pre_tokenizer does not end in bytes (ByteLevel)')
  const key = [...found, ...(ignoreMerges ? ['ignore-merges'] : [])].join(' ')
  const name = preNames[key]
  if (name !== undefined) return name
  throw tokenizerError(`llama.cpp has no way of cutting text like "${key || 'no split'}" (known: ${knownKeys})`)
}

const knownKeys = Object.keys(preNames).join(', ')

function stepsOf(node: unknown, depth: number): string[] {
  if (typeof node !== 'object' || node === null || depth === 0) throw tokenizerError('it has no pre_tokenizer')
  const step = node as Node
  switch (step.type) {
    case 'Sequence':
      if (!Array.isArray(step.pretokenizers)) break
      return step.pretokenizers.flatMap((child) => stepsOf(child, depth - 1))
    case 'ByteLevel':
      if (step.add_prefix_space !== false) throw tokenizerError('it puts a space before every text (add_prefix_space)')
      return step.use_regex === false ? ['bytes'] : ['gpt2', 'bytes']
    case 'Digits':
      if (step.individual_digits === true) return ['digits']
      break
    case 'Split':
      return [splitOf(step)]
    default:
  }
  throw tokenizerError(`its pre_tokenizer has ${JSON.stringify(step).slice(0, 200)}`)
}

/** Keeping the matches apart, or dropping what lies between them, is the same for patterns that match everything. */
function splitOf({ pattern, behavior, invert }: Node): string {
  const regex = (pattern as { Regex?: unknown } | null)?.Regex
  const dropsTheRest = behavior === 'Removed' && invert === true && regex !== DIGIT
  const keepsMatches = (behavior === 'Isolated' && invert !== true) || dropsTheRest
  const found = typeof regex === 'string' && keepsMatches ? steps.get(regex) : undefined
  if (found !== undefined) return found
  throw tokenizerError(`it cuts text by a pattern that llama.cpp does not know: ${JSON.stringify(regex ?? pattern)}`)
}
