// Trains a byte-level BPE tokenizer (Sennrich et al. 2016, arXiv 1508.07909; bytes as in GPT-2). Counts of pairs are kept
// up to date merge by merge, with a queue of candidates, so a merge costs only the words that it changes.
// Same vocabulary and merges as BpeTrainer of Hugging Face `tokenizers` on the same texts: ties go to the smaller pair of
// ids, and as there the names of special tokens in the texts count as ordinary text. No normalisation: decoding the
// encoding of a text gives that text.
import { GradusError } from '../base/error.ts'
import { BYTE_CHARACTERS } from './byte-level.ts'
import type { SplitSettings } from './hugging-face.ts'
import { LibrarySplitter } from './hugging-face.ts'
import type { TokenPair } from './merge-queue.ts'
import { MergeQueue } from './merge-queue.ts'
import type { SplitStyle } from './split-patterns.ts'
import { SPLIT_PATTERNS } from './split-patterns.ts'
import type { TokenizerJson } from './tokenizer.ts'
import { SPECIAL_TOKENS, specialTokenEntries } from './tokenizer.ts'

/** What {@link trainBpe} is told. */
export interface BpeOptions {
  /** Most tokens, special ones and the 256 bytes included. */
  readonly vocabSize: number
  /** Pairs seen less often are not merged; default 2. */
  readonly minFrequency?: number
  /** In the order of their ids, from 0; default `<pad>`, `<eos>`, `<bos>`. */
  readonly specialTokens?: readonly string[]
  /** How text is cut before merging; default `qwen2`, where every digit is a token of its own. */
  readonly split?: SplitStyle
}

// Ids stay below 2^26, so a pair of them is an exact double.
const PAIR_STRIDE = 2 ** 26

/**
 * The `tokenizer.json` of a byte-level BPE tokenizer trained on `texts`; `tokenizerFromJson` makes a tokenizer of it.
 *
 * @throws `config/vocab-too-small` when `vocabSize` has no room for special tokens and bytes;
 * `config/bad-special-tokens` when one is empty or given twice.
 * @example
 * tokenizerFromJson(trainBpe(texts, { vocabSize: 1024 }), tokenizerConfig())
 */
export function trainBpe(texts: Iterable<string>, options: BpeOptions): TokenizerJson {
  const { vocabSize, minFrequency = 2, specialTokens = Object.values(SPECIAL_TOKENS), split = 'qwen2' } = options
  checkOptions(vocabSize, specialTokens)
  const pattern = { Regex: SPLIT_PATTERNS[split] }
  const splitSettings: SplitSettings = { type: 'Split', pattern, behavior: 'Isolated', invert: false }
  const splitter = new LibrarySplitter(splitSettings)

  const tokens = [...new Set([...specialTokens, ...[...BYTE_CHARACTERS].sort()])]
  const idOf = new Map(tokens.map((token, id) => [token, id]))
  const byteIds = BYTE_CHARACTERS.map((character) => idOf.get(character) ?? 0)

  const occurrences = new Map<string, number>()
  for (const text of texts) {
    for (const word of splitter.pre_tokenize_text(text)) occurrences.set(word, (occurrences.get(word) ?? 0) + 1)
  }
  const counts = [...occurrences.values()]
  const utf8 = new TextEncoder()
  const words = Array.from(occurrences.keys(), (word) => Array.from(utf8.encode(word), (byte) => byteIds[byte]))

  const pairs = new Map<number, TokenPair>()
  let touched = new Map<TokenPair, number[]>()
  /** `change` more occurrences of a pair in each copy of a word. */
  const count = (left: number, right: number, change: 1 | -1, word: number): void => {
    const key = left * PAIR_STRIDE + right
    let pair = pairs.get(key)
    if (pair === undefined) {
      pair = { left, right, count: 0 }
      pairs.set(key, pair)
    }
    pair.count += change * counts[word]
    if (change < 0) return
    const where = touched.get(pair)
    if (where === undefined) touched.set(pair, [word])
    else if (where[where.length - 1] !== word) where.push(word)
  }
  const queue = new MergeQueue()
  const queueTouched = (): void => {
    for (const [pair, where] of touched) if (pair.count > 0) queue.push({ pair, count: pair.count, words: where })
    touched = new Map()
  }
  for (const [index, ids] of words.entries()) {
    for (let i = 1; i < ids.length; i++) count(ids[i - 1], ids[i], 1, index)
  }
  queueTouched()

  const merges: [string, string][] = []
  while (tokens.length < vocabSize) {
    const top = queue.pop()
    if (top === undefined) break
    const { pair } = top
    if (top.count !== pair.count) {
      // Other merges took some of its occurrences since it was queued.
      queue.push({ ...top, count: pair.count })
      continue
    }
    if (top.count < 1 || top.count < minFrequency) break
    const merged = tokens[pair.left] + tokens[pair.right]
    // Two merges never make one token, but the name of a special token may be made: it keeps its id.
    let id = idOf.get(merged)
    if (id === undefined) {
      id = tokens.length
      tokens.push(merged)
      idOf.set(merged, id)
    }
    merges.push([tokens[pair.left], tokens[pair.right]])
    for (const word of top.words) {
      mergeInWord(words[word], pair, id, (left, right, change) => count(left, right, change, word))
    }
    queueTouched()
  }

  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specialTokenEntries(specialTokens),
    normalizer: null,
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        splitSettings,
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])),
      merges,
    },
  }
}

/** Replaces a pair in a word, left to right and in place, and tells how the counts of neighbouring pairs change. */
function mergeInWord(
  ids: number[],
  { left, right }: TokenPair,
  merged: number,
  count: (left: number, right: number, change: 1 | -1) => void,
): void {
  let write = 0
  let read = 0
  while (read < ids.length) {
    if (ids[read] !== left || ids[read + 1] !== right) {
      ids[write++] = ids[read++]
      continue
    }
    if (write > 0) {
      count(ids[write - 1], left, -1)
      count(ids[write - 1], merged, 1)
    }
    if (read + 2 < ids.length) {
      count(right, ids[read + 2], -1)
      count(merged, ids[read + 2], 1)
    }
    ids[write++] = merged
    read += 2
  }
  ids.length = write
}

function checkOptions(vocabSize: number, specialTokens: readonly string[]): void {
  if (specialTokens.includes('') || new Set(specialTokens).size !== specialTokens.length) {
    throw new GradusError('config/bad-special-tokens', `special tokens: ${JSON.stringify(specialTokens)}`, {
      hint: 'each special token needs a text of its own',
    })
  }
  const least = specialTokens.length + BYTE_CHARACTERS.length
  if (!(vocabSize >= least)) {
    throw new GradusError('config/vocab-too-small', `vocabSize ${vocabSize} is below ${least}`, {
      hint: `the 256 bytes and ${specialTokens.length} special tokens need ${least}; merges come on top`,
    })
  }
}
