// An answer that stays on the screen until the next one is there, so that turning a page does not blank it.
import { useRef } from 'preact/hooks'
import type { Asked } from './use-server.ts'

/** The newest answer and whether it is to an earlier question. `key`: answers to another key are not kept. */
export function useKept<Answer>(asked: Asked<Answer>, key: string): { answer?: Answer; isOld: boolean } {
  const kept = useRef<{ key: string; answer: Answer }>()
  if (asked.data !== undefined) kept.current = { key, answer: asked.data }
  const answer = kept.current?.key === key && asked.error === undefined ? kept.current.answer : asked.data
  return { answer, isOld: answer !== undefined && asked.data === undefined }
}
