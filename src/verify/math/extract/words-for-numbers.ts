// Whether words are a number: "negative three", "one half".
import { isNumberWord, isOrderWord } from '../parse/number-words.ts'

/** Whether all words of a text are parts of a number. */
export const areNumberWords = (text: string): boolean =>
  text
    .toLowerCase()
    .split(/[\s-]+/)
    .every((word) => isNumberWord(word) || isOrderWord(word) || /^(?:negative|minus|half|halves)$/.test(word))
