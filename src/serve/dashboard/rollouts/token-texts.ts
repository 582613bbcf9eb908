// Every token of a rollout as the text that it adds, special tokens by their name. The parts of a character are shown where
// it is complete, so that without special tokens the texts add up to what was sampled.
import type { TokenIds, Vocab } from '../../../contracts/index.ts'
import { GrowingText } from '../../openai/growing-text.ts'

/** [T]; `context` is what the tokens go on from. */
export function tokenTexts(vocab: Vocab, context: TokenIds, ids: TokenIds): readonly string[] {
  const growing = new GrowingText(vocab, context)
  return Array.from(ids, (id, t) => {
    const text = growing.read(ids, t + 1, t + 1 === ids.length)
    if (text !== '' || vocab.decode([id]) !== '') return text
    return vocab.token(id)
  })
}
