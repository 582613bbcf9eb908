// The data sets of questions that are known by name, each as what is particular about its rows. `--columns` fits others
// to the task `questions`. None of their rows is part of this package.
import type { Task } from '../../contracts/index.ts'
import { lastTurn, questionTask } from './question-task.ts'

/** `72` of a GSM8K solution, whose last line is `#### 72`. */
function afterHashes(value: unknown): readonly string[] {
  const text = String(value)
  const at = text.lastIndexOf('####')
  return [(at < 0 ? text : text.slice(at + 4)).trim().replaceAll(',', '')]
}

/** GSM8K solutions without the calculator's marks and the last line. */
function withoutCalculator(solution: string): string {
  let out = ''
  let from = 0
  for (let open = solution.indexOf('<<'); open >= 0; open = solution.indexOf('<<', from)) {
    const close = solution.indexOf('>>', open)
    if (close < 0) break
    out += solution.slice(from, open)
    from = close + 2
  }
  const text = out + solution.slice(from)
  const at = text.lastIndexOf('####')
  return (at < 0 ? text : text.slice(0, at)).trim()
}

/** MATH as published has no answer column: the answer is in the solution's last box, which the verifier takes out. */
const mathAnswer = ['answer', 'final_answer', 'solution']

function olympiadGolds(value: unknown, row: Readonly<Record<string, unknown>>): readonly string[] {
  const answers = [row.answers ?? row.final_answer ?? value].flat().map(String)
  // `multiple`: one answer holds all of them. Otherwise the list has one item.
  return row.multiple === true || row.is_multiple_answer === true ? [answers.join(', ')] : answers
}

/** A worked solution holds its answer in a box or behind `####`, as the verifier reads gold answers. */
function trlGolds(value: unknown): readonly string[] {
  const text = lastTurn(value, 'assistant')
  return typeof text === 'string' || typeof text === 'number' ? [String(text)] : []
}

const decimals = (value: unknown): readonly string[] => [String(value).replace(/^(-?[0-9]{1,15})\.0$/, '$1')]

/** Tasks that read their problems from files. */
export const questionTasks: readonly Task[] = [
  questionTask({
    id: 'questions',
    summary: 'Any rows with a question (`problem`, `question` or `prompt`) and its `answer`, compared as mathematics.',
    tags: [],
    answer: ['answer', 'gold', 'ground_truth', 'final_answer', 'target'],
  }),
  questionTask({
    id: 'trl',
    summary:
      "The shapes of TRL's data sets, `prompt` or `messages`, as text or turns; the answer may end a worked solution.",
    tags: [],
    question: ['prompt', 'messages', 'problem', 'question'],
    answer: ['answer', 'ground_truth', 'solution', 'completion', 'chosen', 'messages'],
    solution: ['completion', 'chosen', 'messages', 'solution', 'reasoning'],
    golds: trlGolds,
  }),
  questionTask({
    id: 'gsm8k',
    summary: 'Grade-school word problems (GSM8K); the answer is a number.',
    tags: ['word-problems'],
    solution: ['solution', 'answer'],
    golds: afterHashes,
    worked: withoutCalculator,
  }),
  questionTask({
    id: 'math',
    summary: 'Competition mathematics (MATH), levels 1 to 5.',
    tags: ['competition'],
    answer: mathAnswer,
  }),
  questionTask({
    id: 'aime',
    summary: 'AIME: answers are whole numbers from 0 to 999.',
    tags: ['competition'],
    question: ['problem', 'Problem', 'Question', 'question'],
    answer: ['answer', 'Answer', 'expected_answer'],
  }),
  questionTask({
    id: 'amc',
    summary: 'AMC problems whose answer is a number.',
    tags: ['competition'],
    golds: decimals,
  }),
  questionTask({
    id: 'olympiadbench',
    summary: 'OlympiadBench, open-ended mathematics in English; some rows have several answers.',
    tags: ['competition'],
    answer: ['answers', 'final_answer', 'answer'],
    golds: olympiadGolds,
  }),
  questionTask({
    id: 'svamp',
    summary: 'SVAMP: short word problems with one operation.',
    tags: ['word-problems'],
    question: ['problem', 'question_concat', 'question', 'Question'],
    answer: ['answer', 'Answer'],
    golds: decimals,
  }),
  questionTask({
    id: 'mgsm',
    summary: 'MGSM: GSM8K problems in eleven languages.',
    tags: ['word-problems', 'multilingual'],
    answer: ['answer', 'answer_number'],
  }),
  questionTask({
    id: 'cmath',
    summary: 'CMATH: Chinese primary-school problems, levels 1 to 6.',
    tags: ['word-problems', 'multilingual'],
    answer: ['answer', 'golden'],
    level: (row) => Number(row.level ?? row.grade) || undefined,
  }),
  questionTask({
    id: 'one-shot-rlvr',
    summary: 'The DeepScaleR subset of One-Shot RLVR and its single examples.',
    tags: ['competition'],
  }),
]
