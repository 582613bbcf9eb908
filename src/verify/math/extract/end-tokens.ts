// Cuts off the special tokens that a chat template leaves at the end of an output: `<|im_end|>`, `</s>`, `<eos>`. They are
// no part of what is said. Only at the very end: what stands behind one in the middle may be anything.

const token =
  /(?:<[|｜][\p{L}\p{N}_▁ -]{1,40}[|｜]>|<\/?s>|<(?:eos|bos|pad|unk|end_of_turn|end_of_text|endoftext|im_end)>)$/u
const longest = 48
/** Tokens cut off, so that a flood of padding costs no more than its length. */
const most = 10_000

/** The text without special tokens at its end. */
export function withoutEndTokens(text: string): string {
  let end = text.length
  for (let i = 0; i < most; i++) {
    while (end > 0 && /\s/.test(text[end - 1])) end--
    if (text[end - 1] !== '>') break
    const found = token.exec(text.slice(Math.max(0, end - longest), end))
    if (found === null) break
    end -= found[0].length
  }
  // Spaces alone are left as they were.
  return /\S/.test(text.slice(end)) ? text.slice(0, end) : text
}
