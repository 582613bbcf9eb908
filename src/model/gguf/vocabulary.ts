// A tokenizer.json as llama.cpp's vocabulary: tokens, their types, how they are merged, how text is cut. Three kinds fit
// exactly: byte-level BPE; tokenizers with one token per character, whose characters are written as bytes here and put
// together again by merges that never reach across a character; and BPE in the manner of SentencePiece.
import { addedTokenNotes, trimsLikePhi3 } from './added-tokens.ts'
import { byteCharacters, everyByte } from './byte-characters.ts'
import { preTokenizerName } from './pre-tokenizer.ts'
import { byteTokens, type PieceMerging, pieceMerging } from './sentencepiece.ts'
import { type BpeJson, parseBpeJson, tokenizerError } from './tokenizer-json.ts'

/** Numbers of the format for kinds of tokens. */
export const tokenTypes = { normal: 1, control: 3, userDefined: 4, unused: 5, byte: 6 } as const

/** Byte-level BPE. */
export interface ByteMerging {
  readonly kind: 'bytes'
  /** Pairs with a space between them, the first to be merged first. */
  readonly merges: readonly string[]
  /** llama.cpp's name for how text is cut. */
  readonly pre: string
}

/** What the metadata says of a tokenizer. */
export interface GgufVocabulary {
  /** [V] by id. */
  readonly tokens: readonly string[]
  /** [V] */
  readonly types: Int32Array
  readonly merging: ByteMerging | ({ readonly kind: 'pieces' } & PieceMerging)
  readonly unknownId?: number
  /** Spaces after added tokens go, as in Phi-3. */
  readonly trimsLikePhi3: boolean
  /** Texts that the two tokenize differently, in words. */
  readonly notes: readonly string[]
}

/**
 * The vocabulary of a tokenizer, filled up with unused tokens to the `size` of the embedding.
 * @throws `model/gguf-tokenizer` naming what llama.cpp cannot do
 */
export function ggufVocabulary(json: unknown, size: number): GgufVocabulary {
  const file = parseBpeJson(json)
  const { model } = file
  for (const key of ['dropout', 'continuing_subword_prefix', 'end_of_word_suffix'] as const) {
    if (model[key]) throw tokenizerError(`it has ${key}`)
  }
  const shared = {
    unknownId: model.unk_token ? model.vocab[model.unk_token] : undefined,
    trimsLikePhi3: trimsLikePhi3(file),
    notes: [...normalizerNotes(file), ...addedTokenNotes(file)],
  }
  if (isCharacterJson(file)) {
    // The cutting does not matter where nothing is merged across characters; this one leaves decoded spaces alone.
    const merging = { kind: 'bytes', merges: characterMerges(file), pre: 'qwen2' } as const
    return { ...fill(file, size, characterEncoded), ...shared, merging }
  }
  const filled = fill(file, size, (text) => text)
  if (model.byte_fallback) {
    const merging = { kind: 'pieces', ...pieceMerging(file, size) } as const
    return { ...filled, ...shared, merging }
  }
  return { ...filled, ...shared, merging: byteMerging(file) }
}

/** True for a tokenizer that only ever cuts text into single characters and added tokens. */
function isCharacterJson(file: BpeJson): boolean {
  const { model, normalizer, pre_tokenizer: preTokenizer, decoder } = file
  const added = new Set(file.added_tokens.map(({ content }) => content))
  return (
    model.merges.length === 0 &&
    !(normalizer || preTokenizer || model.unk_token || model.byte_fallback) &&
    decoder?.type === 'Fuse' &&
    Object.keys(model.vocab).every((token) => added.has(token) || Array.from(token).length === 1)
  )
}

const characterEncoded = (text: string): string => byteCharacters(text).join('')

/** For characters of several bytes: first byte with second, both with third, ... No other pair of bytes is merged. */
function characterMerges({ model, added_tokens }: BpeJson): string[] {
  const added = new Set(added_tokens.map(({ content }) => content))
  const merges = new Set<string>()
  for (const character of Object.keys(model.vocab)) {
    if (added.has(character)) continue
    const bytes = byteCharacters(character)
    for (let i = 1; i < bytes.length; i++) merges.add(`${bytes.slice(0, i).join('')} ${bytes[i]}`)
  }
  return [...merges]
}

function byteMerging(file: BpeJson): ByteMerging {
  const { model, decoder } = file
  if (decoder?.type !== 'ByteLevel') throw tokenizerError(`its decoder is ${decoder?.type ?? 'absent'}, not ByteLevel`)
  if (model.unk_token && !everyByte.every((byte) => Object.hasOwn(model.vocab, byte))) {
    throw tokenizerError(`it reads unknown bytes as ${model.unk_token}, which llama.cpp drops`)
  }
  const pre = preTokenizerName(file.pre_tokenizer, model.ignore_merges === true)
  const merges = model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' ')))
  const bad = merges.find((merge) => merge.split(' ').length !== 2)
  if (bad !== undefined) throw tokenizerError(`the merge ${JSON.stringify(bad)} is not of two byte-level tokens`)
  return { kind: 'bytes', merges, pre }
}

/** Tokens and types by id. llama.cpp stops dead when two tokens have one text, so that is refused here. */
function fill(
  { model, added_tokens: added }: BpeJson,
  size: number,
  encode: (text: string) => string,
): Pick<GgufVocabulary, 'tokens' | 'types'> {
  const tokens: string[] = []
  const types = new Int32Array(size).fill(tokenTypes.unused)
  const place = (id: number, text: string, type: number): void => {
    if (id >= size) throw tokenizerError(`token ${JSON.stringify(text)} has id ${id}, the model has ${size} embeddings`)
    tokens[id] = text
    types[id] = type
  }
  for (const [text, id] of Object.entries(model.vocab)) {
    const isByte = model.byte_fallback === true && byteTokens.has(text)
    place(id, encode(text), isByte ? tokenTypes.byte : tokenTypes.normal)
  }
  for (const { id, content, special } of added) {
    place(id, content, special ? tokenTypes.control : tokenTypes.userDefined)
  }
  for (let id = 0; id < size; id++) tokens[id] ??= `[PAD${id}]`
  const idOf = new Map<string, number>()
  for (const [id, text] of tokens.entries()) {
    const other = idOf.get(text)
    if (other !== undefined) throw tokenizerError(`tokens ${other} and ${id} are both ${JSON.stringify(text)}`)
    if (text === '' || text.includes('\0')) throw tokenizerError(`token ${id} is ${JSON.stringify(text)}`)
    idOf.set(text, id)
  }
  return { tokens, types }
}

function normalizerNotes({ normalizer, model }: BpeJson): string[] {
  // With a byte fallback it is the one that writes spaces as ▁.
  if (!normalizer || model.byte_fallback) return []
  if (normalizer.type !== 'NFC') throw tokenizerError(`it normalises text by ${normalizer.type}`)
  return ['the tokenizer composes characters first (NFC) and llama.cpp does not: give it composed text']
}
