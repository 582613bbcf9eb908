// What llama.cpp does around added tokens. It knows no flags for them in the file; but by the model's name it decides
// whether spaces after them are dropped, as those of Phi-3 are. So names are chosen here with care.
import type { BpeJson } from './tokenizer-json.ts'

/** Tokens of Phi-3 that keep the spaces after them, and all without which llama.cpp does not load a model of that name. */
const keptByPhi3 = new Set(['<unk>', '<s>', '<|endoftext|>'])
const neededByPhi3 = [...keptByPhi3, '</s>']

/** What about the added tokens of a tokenizer llama.cpp does not do, in words. */
export function addedTokenNotes(file: BpeJson): string[] {
  const { added_tokens: added } = file
  const trimming = added.filter(({ lstrip, rstrip }) => lstrip || rstrip).map(({ content }) => content)
  const whole = added.filter((token) => token.single_word).map(({ content }) => content)
  return [
    ...(trimming.length > 0 && !trimsLikePhi3(file)
      ? [`llama.cpp keeps spaces beside ${trimming.join(' ')}, the tokenizer drops them`]
      : []),
    ...(whole.length > 0 ? [`llama.cpp finds ${whole.join(' ')} inside words too`] : []),
  ]
}

/** True when exactly those tokens drop spaces for which llama.cpp does so in a model called Phi-3. */
export function trimsLikePhi3({ added_tokens: added, model }: BpeJson): boolean {
  const isLoadable = neededByPhi3.every((token) => Object.hasOwn(model.vocab, token))
  return isLoadable && added.every(({ content, lstrip, rstrip }) => !lstrip && !rstrip === keptByPhi3.has(content))
}

/** A name for the file under which llama.cpp treats spaces as the tokenizer does. */
export function safeName(name: string, likePhi3: boolean): string {
  const isPhi3 = /phi-?3/i.test(name)
  if (likePhi3) return isPhi3 ? name : `${name} (phi-3)`
  return name.replace(/phi-?3/gi, 'phi 3').replace(/modern-bert/gi, 'modern bert')
}
