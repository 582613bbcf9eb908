// What a text reads as, on one line: its kind and how it shows. For tables of examples.
import { type ReadOptions, readAnswer } from '../read-answer.ts'
import { showAnswer } from '../show-answer.ts'

export function readAndShow(text: string, options?: ReadOptions): string {
  const read = readAnswer(text, options)
  return read.ok ? `${read.answer.kind}: ${showAnswer(read.answer)}` : `refused: ${read.reason}`
}
