// +invert: the answer is given and one of the numbers is asked for (FOBAR, 2309.12284). The family says what is hidden;
// the answer must equal the hidden number as it was written.
import type { Rng } from '../../base/rng.ts'
import type { Task, Trace } from '../../contracts/index.ts'
import { readCompletion } from '../family/completion.ts'
import { splitOfContent } from '../split-by-content.ts'
import { unknownStyle } from '../unknown-style.ts'
import { quote, right, wrong } from '../verdict.ts'
import { familyTaskWith, firstFit, fittingLevels } from './family-task.ts'
import { wrappedTask } from './wrapped-task.ts'

const styles = ['direct', 'direct-wrong'] as const

/** The task asked backwards. */
export function invert(task: Task): Task {
  const made = familyTaskWith(task, 'invert', ['invert'])
  const { family } = made
  const id = `${task.id}+invert`
  const traceOf = (answer: string, isRight: boolean): readonly Trace[] => [
    { text: `#${answer}`, answer, origin: 'oracle', right: isRight, steps: [] },
  ]
  return wrappedTask<object>(task, {
    name: 'invert',
    levels: fittingLevels(task, 'invert', (problem, rng) => family.invert?.(made.instance(problem), rng)),
    summary: 'The answer is given, and what was given is asked for.',
    rules:
      'The prompt gives the answer of a problem and asks for the part of it that is hidden; the completion is `#` and that part.',
    styles,
    draw(ask) {
      return firstFit(task, ask, (inner) => {
        const asked = family.invert?.(made.instance(inner), ask.rng)
        // Different problems may look the same with a part hidden, so what is shown decides its own split.
        return asked !== undefined && splitOfContent(id, asked.prompt) === ask.split ? { ...asked, inner } : undefined
      })
    },
    solve: (problem) => `#${problem.answer}`,
    verify(problem, _inner, completion) {
      const reading = readCompletion(completion)
      if ('fault' in reading) return wrong(reading.fault, { parts: { form: 0 } })
      const extra = { parts: { form: 1 } }
      if (reading.answer === problem.answer) return right(`${quote(reading.answer)} was hidden`, extra)
      return wrong(`${quote(reading.answer)} was not hidden`, extra)
    },
    traces(problem, _inner, style, rng) {
      const answer = problem.answer ?? ''
      if (style === 'direct') return traceOf(answer, true)
      if (style !== 'direct-wrong') throw unknownStyle(id, style, styles)
      return traceOf(near(answer, task.alphabet, rng), false)
    },
  })
}

/** A wrong answer: a number beside the right one, or of anything else one with another last character. */
function near(answer: string, alphabet: string, rng: Rng): string {
  const isSpelled = (text: string): boolean => [...text].every((char) => alphabet.includes(char))
  const kind = [/[0-9]/, /[a-z]/, /[A-Z]/].find((letters) => letters.test(answer.slice(-1))) ?? /./
  const numbers = /^-?\d{1,15}$/.test(answer)
    ? [1, -1, 2, -2, 3, 5, 10, -10].map((step) => String(Number(answer) + step))
    : []
  const texts = [...alphabet].filter((char) => kind.test(char)).map((char) => answer.slice(0, -1) + char)
  const wrong = (choices: readonly string[]): readonly string[] =>
    choices.filter((text) => text !== answer && isSpelled(text))
  const [first, second] = [wrong(numbers), wrong(texts)]
  return first.length > 0 ? rng.pick(first) : second.length > 0 ? rng.pick(second) : answer + answer
}
