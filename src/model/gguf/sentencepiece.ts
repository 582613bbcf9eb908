// Tokenizers in the manner of SentencePiece (Llama 2, Phi-3): spaces written as ▁, no cutting into words, unknown
// characters as bytes. llama.cpp merges by a score of the result and tries every pair whose result is a token; a
// tokenizer.json merges listed pairs in their order. Both do the same when the list is complete and goes token by token,
// which is checked. (Where two ways to make one token overlap in a text, the choice may differ; ordinary text has none.)
import { type BpeJson, tokenizerError } from './tokenizer-json.ts'

const SPACE = '▁'

/** What the metadata says of such a tokenizer beyond tokens and types. */
export interface PieceMerging {
  /** [V] higher is merged first. */
  readonly scores: Float32Array
  /** A space goes before every stretch of text. */
  readonly addSpacePrefix: boolean
}

const byteName = (byte: number): string => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`

/** Names of the tokens that stand for one byte. */
export const byteTokens: ReadonlySet<string> = new Set(Array.from({ length: 256 }, (_, byte) => byteName(byte)))

/** @throws `model/gguf-tokenizer` */
export function pieceMerging(file: BpeJson, size: number): PieceMerging {
  const { vocab } = file.model
  for (const byte of byteTokens) {
    if (!Object.hasOwn(vocab, byte)) throw tokenizerError(`it falls back to bytes but has no token ${byte}`)
  }
  return { scores: scoresOf(file, size), addSpacePrefix: prependsSpace(file) }
}

/** Minus the place of each token in the order in which tokens are made. */
function scoresOf({ model: { vocab, merges }, added_tokens }: BpeJson, size: number): Float32Array {
  const scores = new Float32Array(size)
  const pairs = new Set<string>()
  const made = new Set<string>()
  let last: string | undefined
  for (const merge of merges) {
    const [left, right, ...more] = typeof merge === 'string' ? merge.split(' ') : merge
    const result = left + right
    if (more.length > 0 || !Object.hasOwn(vocab, result)) throw tokenizerError(`its merge "${merge}" makes no token`)
    if (result !== last && made.has(result))
      throw tokenizerError(`its merges into "${result}" do not follow each other`)
    last = result
    made.add(result)
    pairs.add(`${left} ${right}`)
    scores[vocab[result]] = -made.size
  }
  // Added tokens are cut out of a text before anything is merged.
  const added = new Set(added_tokens.map(({ content }) => content))
  for (const token of Object.keys(vocab)) if (!added.has(token)) refuseOtherSplits(token, vocab, pairs)
  return scores
}

/** Refuses a token that llama.cpp would make in a way that is not listed. Any character may stand alone in a text. */
function refuseOtherSplits(token: string, vocab: BpeJson['model']['vocab'], pairs: ReadonlySet<string>): void {
  const characters = Array.from(token)
  const canStand = (text: string, length: number): boolean => length === 1 || Object.hasOwn(vocab, text)
  let left = ''
  for (let length = 1; length < characters.length; length++) {
    left += characters[length - 1]
    const right = token.slice(left.length)
    if (!canStand(left, length) || !canStand(right, characters.length - length)) continue
    if (!pairs.has(`${left} ${right}`)) {
      throw tokenizerError(`"${left}" and "${right}" are not merged into "${token}", as llama.cpp would`)
    }
  }
}

/** Whether a ▁ goes before every stretch of text between added tokens; the ways to write that, and to write none. */
function prependsSpace({ normalizer, pre_tokenizer: preTokenizer }: BpeJson): boolean {
  const steps = normalizer?.type === 'Sequence' ? normalizer.normalizers : normalizer ? [normalizer] : []
  const list: unknown[] = Array.isArray(steps) ? steps : [steps]
  const isPrepended = isNode(list[0]) && list[0].type === 'Prepend' && list[0].prepend === SPACE
  const [replace, ...more] = isPrepended ? list.slice(1) : list
  const pattern = isNode(replace) && isNode(replace.pattern) ? replace.pattern.String : undefined
  const isReplaced = isNode(replace) && replace.type === 'Replace' && pattern === ' ' && replace.content === SPACE
  if (isReplaced && more.length === 0 && !preTokenizer) return isPrepended
  if (!normalizer && isNode(preTokenizer) && preTokenizer.type === 'Metaspace') {
    const { replacement, prepend_scheme: scheme, split } = preTokenizer
    if (replacement === SPACE && split === false && scheme === 'never') return false
    throw tokenizerError(`it writes spaces as Metaspace with prepend_scheme ${scheme}, which llama.cpp does not know`)
  }
  throw tokenizerError('it has a byte fallback, but does not write spaces as llama.cpp does')
}

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
