// What a tokenizer is, and the two files it is made of.

// Making tokenizers.
export type { CharTokenizerOptions } from './char-tokenizer.ts'
export { charTokenizer } from './char-tokenizer.ts'
// Prompts to text.
export type { ChatOptions } from './chat-template.ts'
export { CHATML_TEMPLATE, compileChatTemplate, renderChat, renderPrompt } from './chat-template.ts'
export type { SplitStyle } from './split-patterns.ts'
export type {
  AddedToken,
  NamedToken,
  Tokenizer,
  TokenizerConfig,
  TokenizerConfigOptions,
  TokenizerJson,
} from './tokenizer.ts'
export { SPECIAL_TOKENS, tokenizerConfig } from './tokenizer.ts'
export { readTokenizer, writeTokenizer } from './tokenizer-folder.ts'
// Reading and writing them.
export { tokenizerFromJson } from './tokenizer-from-json.ts'
export type { BpeOptions } from './train-bpe.ts'
export { trainBpe } from './train-bpe.ts'
