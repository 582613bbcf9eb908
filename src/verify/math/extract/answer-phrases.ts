// Finds phrases that announce an answer: "The final answer is ...", "the answer to it is ...", `Answer: ...`. It gives the
// place where the answer begins; where it ends is decided in answer-span.ts.
import type { AnswerAnchor } from '../options.ts'

/** A phrase: its kind, where its noun and where the text behind it begins. */
export interface AnswerPhrase {
  readonly kind: Extract<AnswerAnchor, 'final-answer' | 'answer-is' | 'answer-colon'>
  readonly from: number
  /** Where its noun begins. */
  readonly at: number
}

// "Answer" in some languages; in others the last number has to do. Every pattern here is bounded: linear on any text.
const nouns =
  /answers?|result|solution|respuesta|resposta|risposta|réponse|antwort|ответ|答案|答え|[故应應][选選](?=[:：])|정답|답(?=\s?(?:은|:|：))|الجواب|الإجابة|antwoord/giu
const link =
  /^[\s*_"'’`)\]]{0,6}(?:(?:to|for|of|in|of the form)\s[^.\n:=$\\]{1,80}?[\s*]{1,3})?(?:(?:is|are|was|would be|will be|should be|must be|becomes|equals|is equal to|comes out to|comes to|es|est|ist|lautet|é|è|ni|هو|هي)(?=[\s:*$\\])|是|は|은|는|为|為|:|：|=)/iu
const filler =
  /^(?:[\s*_:：`]{1,8}|(?:therefore|thus|then|simply|just|indeed|exactly|clearly|given by|equal to|the number|number|option|choice)(?=[\s:]))/iu
const heading = /^[*_#\s]{0,8}\n/u
const denial = /^(?:not|valid\b|unique\b|wrong|incorrect|correct\b|right\b|unclear|in the|never)/iu

/** Phrases looked at, from the end: a text with more is a flood. */
const most = 500

/** The phrases of a text in order. */
export function findAnswerPhrases(text: string): AnswerPhrase[] {
  const places = [...text.matchAll(nouns)].slice(-most)
  const phrases: AnswerPhrase[] = []
  for (const match of places) {
    const phrase = phraseAt(text, match.index, match[0])
    if (phrase !== undefined) phrases.push(phrase)
  }
  return phrases
}

function phraseAt(text: string, at: number, noun: string): AnswerPhrase | undefined {
  const end = at + noun.length
  const before = text.slice(Math.max(0, at - 16), at).toLowerCase()
  const isFinal = /final[\s*_]{1,3}$/.test(before)
  // "results", "the solution is to divide": these nouns announce an answer only when nothing else is meant.
  const isWeak = /^(?:result|solution)$/i.test(noun)
  if (isWeak && !isFinal && !/(?:the|a|our)[\s*_]{1,3}$/.test(before)) return undefined
  const after = text.slice(end, end + 140)
  const linked = link.exec(after)
  const headed = isFinal && linked === null ? heading.exec(after) : null
  const step = linked ?? headed
  if (step === null) return undefined
  let from = end + step[0].length
  for (let i = 0; i < 6; i++) {
    const skipped = filler.exec(text.slice(from, from + 24))
    if (skipped === null) break
    from += skipped[0].length
  }
  const start = text.slice(from, from + 12)
  if (start === '' || denial.test(start) || (isWeak && /^(?:to|that|as)\s/i.test(start))) return undefined
  const isColon = /[:：=]$/.test(step[0])
  return { kind: isFinal ? 'final-answer' : isColon ? 'answer-colon' : 'answer-is', from, at }
}
