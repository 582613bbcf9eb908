// rewrite-ab: rewrite a line until nothing fits. Pointing letters `A><BB>:` pass or cancel when they face each other;
// with the knob `rules`, a list of rules comes first, `ab=c,cb=: abcb:`. The trace writes one rewritten line a step.
// The signs > and < take the place of the usual `A#`, because # marks the answer. The systems: rewrite-ab-system.ts.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { Rules } from './rewrite-ab-system.ts'
import { readTokens, rewriteLines, rewritesOf } from './rewrite-ab-system.ts'

type Rewrite = { readonly line: string; readonly rules: Rules }
type RewriteKnobs = {
  readonly length: number
  readonly letters: number
  readonly minSteps: number
  readonly maxSteps: number
  readonly rules: number
}

// Pointing letters pass each other at most once and rules shorten, so no line of the largest knobs needs more.
const mostSteps = 400
const drawTries = 60

function draw(knobs: RewriteKnobs, rng: Rng): Rewrite {
  let drawn = drawLine(knobs, rng)
  for (let tries = 0; tries < drawTries; tries++) {
    const steps = rewriteLines(drawn.line, drawn.rules, knobs.maxSteps + 1).length - 1
    if (steps >= knobs.minSteps && steps <= knobs.maxSteps) break
    drawn = drawLine(knobs, rng)
  }
  return drawn
}

function drawLine({ length, letters, rules }: RewriteKnobs, rng: Rng): Rewrite {
  if (rules === 0) {
    const capitals = 'ABCD'.slice(0, letters)
    const token = (): string => (rng.int(2) === 0 ? `${rng.pick([...capitals])}>` : `<${rng.pick([...capitals])}`)
    return { line: Array.from({ length }, token).join(''), rules: [] }
  }
  const small = [...'abcd'.slice(0, letters)]
  const pairs = rng.shuffle(small.flatMap((a) => small.map((b) => a + b))).slice(0, rules)
  const to = (): string => (rng.int(4) === 0 ? '' : rng.pick(small))
  return {
    line: Array.from({ length }, () => rng.pick(small)).join(''),
    rules: pairs.map((from) => [from, to()] as const),
  }
}

function prompt({ line, rules }: Rewrite): string {
  return rules.length === 0 ? `${line}:` : `${rules.map(([from, to]) => `${from}=${to}`).join(',')}. ${line}:`
}

const shown = (line: string): string => (line === '' ? '-' : line)

function solve({ line, rules }: Rewrite): Solution {
  const lines = rewriteLines(line, rules, mostSteps).map(shown)
  return { steps: lines.slice(1), answer: lines[lines.length - 1] }
}

/** The line with one pointing letter turned or one letter changed. */
function spoiled(line: string, rng: Rng): string {
  const tokens = readTokens(line)
  if (line === '') return rng.pick(['A>', '<A'])
  if (tokens === undefined) {
    const at = rng.int(line.length)
    const other = rng.pick(['a', 'b', 'c'].filter((letter) => letter !== line[at]))
    return line.slice(0, at) + other + line.slice(at + 1)
  }
  const at = rng.int(tokens.length)
  const [letter, isRight] = tokens[at][1] === '>' ? [tokens[at][0], true] : [tokens[at][1], false]
  const other = rng.pick(
    isRight ? [`<${letter}`, letter === 'A' ? 'B>' : 'A>'] : [`${letter}>`, letter === 'A' ? '<B' : '<A'],
  )
  return tokens.with(at, other).join('')
}

function wrongAnswer(instance: Rewrite, rng: Rng): string {
  const { answer } = solve(instance)
  if (answer !== '-') return spoiled(answer, rng)
  return instance.rules.length === 0 ? spoiled('', rng) : rng.pick(['a', 'b'])
}

/** Rewrites as far as a step, spoils that line and goes on; the right steps with a wrong answer when that changes nothing. */
function wrongSolution(instance: Rewrite, rng: Rng): Solution {
  const right = solve(instance)
  for (let tries = 0; tries < 4; tries++) {
    const at = rng.int(right.steps.length)
    const line = spoiled(right.steps[at] === '-' ? '' : right.steps[at], rng)
    const slipped = solve({ line, rules: instance.rules })
    const isOfKind = instance.rules.length === 0 || !line.includes('A')
    if (isOfKind && slipped.answer !== right.answer) {
      return { steps: [...right.steps.slice(0, at), line, ...slipped.steps], answer: slipped.answer }
    }
  }
  return { steps: right.steps, answer: wrongAnswer(instance, rng) }
}

/** A step is right when one rewrite of the line written before it gives it. */
function stepScores({ line, rules }: Rewrite, steps: readonly string[]): number[] {
  let before = line
  // Right lines never grow, so a longer step is wrong and is not rewritten.
  const longest = line.length
  return steps.map((step) => {
    const after = step === '-' ? '' : step
    const isRight = before.length <= longest && step !== '' && rewritesOf(before, rules).includes(after)
    before = after
    return isRight ? 1 : 0
  })
}

/** Normal forms of small rewriting systems. */
export const rewriteAb = taskOf<Rewrite, RewriteKnobs>({
  id: 'rewrite-ab',
  summary: 'Rewrite pointing letters, or by a list of rules, until nothing fits: `A><BB>:`.',
  rules: [
    'Pointing letters: the prompt is a line of signs such as A> (points right) and <B (points left), then a colon.',
    'Where one that points right stands directly before one that points left, both vanish if their letters are the same',
    '(A><A becomes nothing), otherwise they change places (A><B becomes <BA>). The order of rewrites does not matter.',
    'Rules, with the knob `rules`: they come first, split by commas, then a full stop, a space, the line and a colon, as in',
    '`ab=c,cb=. abcb:`. `ab=c` replaces ab by c, `cb=` removes cb. Each time, the first rule in the list that fits',
    'anywhere is used at its leftmost place. Right is the line that nothing rewrites, or - when it is empty.',
    'Each step is the whole line after one more rewrite, - when empty: `<BA>B>;#<BA>B>`.',
  ].join(' '),
  tags: ['strings', 'rewriting'],
  knobs: z.object({
    length: z.int().min(4).max(24).optional().describe('Letters of the line.'),
    letters: z.int().min(2).max(4).optional().describe('Different letters.'),
    minSteps: z.int().min(1).max(30).optional().describe('Fewest rewrites.'),
    maxSteps: z.int().min(1).max(60).optional().describe('Most rewrites.'),
    rules: z.int().min(0).max(4).optional().describe('Rules in the list; 0 for pointing letters.'),
  }),
  ladder: [
    { length: 7, letters: 2, minSteps: 1, maxSteps: 3, rules: 0 },
    { length: 9, letters: 2, minSteps: 3, maxSteps: 6, rules: 0 },
    { length: 11, letters: 3, minSteps: 5, maxSteps: 10, rules: 0 },
    { length: 14, letters: 3, minSteps: 8, maxSteps: 16, rules: 0 },
    { length: 18, letters: 4, minSteps: 14, maxSteps: 26, rules: 0 },
  ],
  alphabet: 'ABCDabcd><=,.: -;#',
  draw,
  // The last line of a spent draw may lie outside the bounds of the knobs; a line that nothing rewrites asks nothing.
  accept: ({ line, rules }) => rewritesOf(line, rules).length > 0,
  prompt,
  solve,
  judge(instance, answer) {
    const right = solve(instance).answer
    return answer === right || `${quote(answer)} is not ${quote(right)}`
  },
  wrongAnswer,
  wrongSolution,
  stepScores,
  // Share of the most frequent answer among 2,000 problems.
  chance: (level) => [0.021, 0.023, 0.005, 0.003, 0.001][level - 1],
  perturb(instance, rng) {
    const { answer } = solve(instance)
    for (let tries = 0; tries < 16; tries++) {
      const other = { ...instance, line: spoiled(instance.line, rng) }
      if (solve(other).answer !== answer) return other
    }
    return undefined
  },
})
