// The regular expressions that cut text into words before byte-level BPE merges inside them, as published with GPT-2
// and Qwen2 (Oniguruma syntax, which is what tokenizer.json holds). Qwen2's `(?i:'s|...)` is spelled out in letters of
// both cases: engines disagree on which other letters fold to these (U+017F is an s to some).

/** Names of the ways to cut. */
export type SplitStyle = 'gpt2' | 'qwen2'

/** Patterns whose matches are the words. */
export const SPLIT_PATTERNS: Readonly<Record<SplitStyle, string>> = {
  gpt2: String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`,
  qwen2: [
    "'[sStTmMdD]|'[rRvV][eE]|'[lL][lL]",
    String.raw`[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`,
  ].join('|'),
}
