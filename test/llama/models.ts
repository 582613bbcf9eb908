// Models and texts for the comparison with llama.cpp: every family at a width that q8_0 can hold, with random weights in
// all places, and tokenizers of every kind that a GGUF file can hold.
import { stream } from '../../src/base/rng.ts'
import { embeddedModel } from '../../src/engine/embedded-model.ts'
import type { EmbeddedModel } from '../../src/engine/index.ts'
import { randomWeights } from '../../src/model/__fixtures__/tiny-model.ts'
import type { ModelConfig } from '../../src/model/config.ts'
import { charTokenizer, type Tokenizer, tokenizerConfig, tokenizerFromJson, trainBpe } from '../../src/text/index.ts'

const base: ModelConfig = {
  modelType: 'llama',
  vocabSize: 0,
  hiddenSize: 64,
  layers: 2,
  heads: 4,
  kvHeads: 2,
  headDim: 16,
  feedForward: 96,
  maxPositions: 512,
  ropeTheta: 10_000,
  partialRotary: 1,
  normEps: 1e-6,
  tied: true,
  qkvBias: false,
  outBias: false,
  mlpBias: false,
  qkNorm: false,
  initStd: 0.02,
  eosId: 1,
  padId: 0,
  bosId: 2,
}

const factors = (from: number, length: number): number[] => Array.from({ length }, (_, i) => from + 0.4 * i)
const longrope = (originalMaxPositions: number, length: number) => ({
  kind: 'longrope' as const,
  shortFactor: factors(1, length),
  longFactor: factors(2, length),
  originalMaxPositions,
})

/** Configurations by name, but for the size of the vocabulary. */
export const llamaConfigs: Readonly<Record<string, ModelConfig>> = {
  llama: base,
  'llama with biases and a head of its own': { ...base, tied: false, qkvBias: true, outBias: true, mlpBias: true },
  'llama with heads wider than the model': { ...base, headDim: 32, normEps: 1e-3, ropeTheta: 500 },
  'llama with llama3 rotations': {
    ...base,
    ropeScaling: { kind: 'llama3', factor: 8, lowFreqFactor: 1, highFreqFactor: 4, originalMaxPositions: 64 },
  },
  'llama with linear rotations': { ...base, ropeScaling: { kind: 'linear', factor: 2.5 } },
  qwen2: { ...base, modelType: 'qwen2', kvHeads: 1, qkvBias: true },
  'qwen2 with linear rotations': {
    ...base,
    modelType: 'qwen2',
    qkvBias: true,
    tied: false,
    ropeScaling: { kind: 'linear', factor: 4 },
  },
  qwen3: { ...base, modelType: 'qwen3', headDim: 32, kvHeads: 4, qkNorm: true, tied: false },
  phi3: { ...base, modelType: 'phi3', partialRotary: 0.75, tied: false },
  // 512 positions are asked of both, so these two take the long and the short factors.
  'phi3 with long rotations': { ...base, modelType: 'phi3', tied: false, ropeScaling: longrope(64, 8) },
  'llama with short rotations': { ...base, maxPositions: 2048, ropeScaling: longrope(1024, 8) },
}

/** A model of one of the configurations. */
export function llamaModel(name: string, tokenizer: Tokenizer): EmbeddedModel {
  const { size, eos, pad, bos } = tokenizer
  const config = { ...llamaConfigs[name], vocabSize: size, eosId: eos, padId: pad, bosId: bos }
  const arena = randomWeights(config, name)
  // Logits of a few units, as trained models have: those fixtures would give ten.
  const head = arena.view(config.tied ? 'model.embed_tokens.weight' : 'lm_head.weight')
  const scale = config.tied ? 0.25 : 1.4
  for (let i = 0; i < head.length; i++) head[i] *= scale
  return embeddedModel(config, arena, tokenizer, { contextLimit: 512, threads: 1 })
}

const lines = [
  "The quick brown fox jumps over the lazy dog. \"Don't!\" she'll say; they've 12345 reasons, we're sure.",
  'Ünïcödé: naïve café, Straße, Привет мир, 你好世界, こんにちは, 👋🏽 👩‍👩‍👧, ½ ⅔ ² 𝔘𝔫𝔦, ١٢٣.',
  'let x = 10; if (x >= 3.14) { return x ** 2 }\n\n\tfor (;;) i++\r\n  // done   \n',
  '((3 + 5) * 12) - 7 = 89, so the answer is 89.',
]

const bpe = (split: 'qwen2' | 'gpt2'): ReturnType<typeof trainBpe> => {
  const specialTokens = ['<pad>', '<eos>', '<bos>', '<|im_start|>', '<|im_end|>']
  return trainBpe([...lines, ...lines, lines.join(' ')], { vocabSize: 480, split, specialTokens })
}

/** The same tokenizer with another way to cut. */
const cutBy = (preTokenizers: readonly unknown[], ignoreMerges = false): Tokenizer => {
  const json = bpe('gpt2')
  const ends = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false }
  return tokenizerFromJson(
    {
      ...json,
      pre_tokenizer: { type: 'Sequence', pretokenizers: [...preTokenizers, ends] },
      model: { ...json.model, ignore_merges: ignoreMerges },
    },
    tokenizerConfig(),
  )
}

const split = (regex: string) => ({ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false })
const LLAMA3 = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
/** What Digits with `individual_digits` cuts in Hugging Face's own library; in JavaScript's it knows ASCII digits only. */
const DIGIT = String.raw`\p{N}`
const GPT2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`

const ascii = `\n${String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i))}`

/**
 * A tokenizer in the manner of SentencePiece: characters, then the beginnings and ends of words, shortest first; every way
 * to make a token of two is a merge.
 */
function pieceTokenizer(specials: readonly { content: string; rstrip: boolean }[], prepends: boolean): Tokenizer {
  const words = lines.flatMap((line) => line.split(' ')).map((word) => `▁${word}`)
  const parts = words.flatMap((word) => {
    const letters = Array.from(word)
    return letters.flatMap((_, i) => [letters.slice(0, i + 1).join(''), letters.slice(i).join('')])
  })
  const lengthOf = (piece: string): number => Array.from(piece).length
  const pieces = [...new Set([...words.flatMap((word) => Array.from(word)), '▁▁', '▁▁▁▁', ...parts])]
  const tokens = [
    ...specials.map(({ content }) => content),
    ...Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`),
    ...pieces.sort((a, b) => lengthOf(a) - lengthOf(b)),
  ]
  const ids = new Map(tokens.map((token, id) => [token, id]))
  const merges = tokens.slice(specials.length + 256).flatMap((token) => {
    const letters = Array.from(token)
    const splits = letters.slice(1).map((_, i) => [letters.slice(0, i + 1).join(''), letters.slice(i + 1).join('')])
    return splits.filter(([left, right]) => ids.has(left) && ids.has(right))
  })
  const flags = { single_word: false, lstrip: false, normalized: false, special: true }
  const replace = (from: string, to: string) => ({ type: 'Replace', pattern: { String: from }, content: to })
  const spaces = [...(prepends ? [{ type: 'Prepend', prepend: '▁' }] : []), replace(' ', '▁')]
  const json = {
    version: '1.0',
    added_tokens: specials.map(({ content, rstrip }, id) => ({ ...flags, id, content, rstrip })),
    normalizer: { type: 'Sequence', normalizers: spaces },
    pre_tokenizer: null,
    post_processor: null,
    decoder: {
      type: 'Sequence',
      decoders: [
        replace('▁', ' '),
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        ...(prepends ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : []),
      ],
    },
    model: {
      type: 'BPE',
      unk_token: '<unk>',
      fuse_unk: true,
      byte_fallback: true,
      vocab: Object.fromEntries(ids),
      merges,
    },
  }
  return tokenizerFromJson(json, tokenizerConfig({ pad: '<unk>', eos: '<|end|>', bos: '<s>' }))
}

const plain = ['<unk>', '<s>', '<|endoftext|>'].map((content) => ({ content, rstrip: false }))
const turns = ['</s>', '<|end|>', '<|user|>', '<|im_start|>']

/** Tokenizers by name. */
export const llamaTokenizers: Readonly<Record<string, () => Tokenizer>> = {
  'byte-level, cut like Qwen2': () => tokenizerFromJson(bpe('qwen2'), tokenizerConfig()),
  'byte-level, cut like GPT-2': () => tokenizerFromJson(bpe('gpt2'), tokenizerConfig()),
  'byte-level, cut like Llama 3': () => cutBy([split(LLAMA3)]),
  'byte-level, cut like Llama 3, whole words first': () => cutBy([split(LLAMA3)], true),
  'byte-level, cut like SmolLM': () => cutBy([split(DIGIT), split(GPT2)]),
  'pieces, like Llama 2': () =>
    pieceTokenizer([...plain, ...turns.map((content) => ({ content, rstrip: false }))], true),
  'pieces without a space before them': () =>
    pieceTokenizer([...plain, ...turns.map((content) => ({ content, rstrip: false }))], false),
  'pieces, like Phi-3': () => pieceTokenizer([...plain, ...turns.map((content) => ({ content, rstrip: true }))], true),
  'characters of ASCII': () => charTokenizer(ascii),
  'characters of many scripts': () => charTokenizer([ascii, ...lines, 'é\u0301ḁ→↓⟨⟩∀∃¬'].join('')),
}

/** About two hundred texts that `tokenizer` can encode: words, digits, spaces, scripts, emoji, special tokens, noise. */
export function llamaTexts(tokenizer: Tokenizer): string[] {
  const rng = stream('llama-texts')
  const pieces = [...lines.flatMap((line) => line.split(/(?<= )/)), '<eos>', '<|im_start|>', '<bos>', '<pad>', '<']
  pieces.push(' ', '  ', '   ', '\n', '\n\n', '\r\n', '\t', ' \n ', '\u00a0', '\u3000', '\u2028', '\u0085', '\ufeff')
  pieces.push('0', '12', '345', '6789', '3.14', "'s", "'LL", "'Ve", 'ſ', 'é\u0301', '\u0300', '→', '∀x', '\u200d', '👋')
  const random = Array.from({ length: 170 }, () =>
    Array.from({ length: 1 + rng.int(12) }, () => pieces[rng.int(pieces.length)]).join(''),
  )
  return [...lines, ...pieces, ...random].filter((text) => isEncodable(tokenizer, text))
}

function isEncodable(tokenizer: Tokenizer, text: string): boolean {
  try {
    tokenizer.encode(text)
    return true
  } catch {
    return false
  }
}
