// prog-exec: run a program of a small stack machine with loops, `35+2(d+)=`. The trace is the stack after each
// instruction, loops unrolled. The machine is in prog-exec-machine.ts.
import { z } from 'zod'
import { GradusError } from '../../base/error.ts'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import { execute, modulus, unroll } from './prog-exec-machine.ts'

type Program = { readonly program: string }
type ProgramKnobs = { readonly length: number; readonly loops: number }

const maxDepth = 6
const arithmetic = '+-*'

/**
 * A program of that many instructions (a loop counts as one more), which never takes from an empty stack: a loop's body
 * leaves the stack as deep as it was, and the last instruction calculates.
 */
function draw({ length, loops }: ProgramKnobs, rng: Rng): Program {
  const parts: string[] = []
  const places = new Set(rng.shuffle(Array.from({ length: 6 }, (_, i) => i)).slice(0, loops))
  // The loops stand between stretches of plain instructions of about equal length.
  const body = 3
  const plain = Math.max(2, length - loops * (body + 1))
  let depth = 0
  let left = plain
  for (let stretch = 0; stretch < 6; stretch++) {
    const take = stretch === 5 ? left : Math.min(left, Math.ceil(plain / 6))
    for (let i = 0; i < take; i++) {
      const { instruction, change } = drawInstruction(depth, left === 1 && depth > 1, parts.at(-1) ?? '', rng)
      parts.push(instruction)
      depth += change
      left--
    }
    if (places.has(stretch) && depth > 0) parts.push(`${2 + rng.int(3)}(${drawBody(depth, rng)})`)
  }
  // Whatever is left on the stack is folded by the end, so that more than the last push counts.
  return { program: endWithArithmetic(parts.join(''), depth, rng) }
}

function drawInstruction(
  depth: number,
  isLast: boolean,
  before: string,
  rng: Rng,
): { instruction: string; change: number } {
  const isPush = depth < 2 || (!isLast && depth < maxDepth && rng.int(2) === 0)
  if (isPush) {
    const isCopy = depth > 0 && rng.int(4) === 0
    return { instruction: isCopy ? 'd' : `${1 + rng.int(9)}`, change: 1 }
  }
  if (!isLast && before !== 's' && before !== 'd' && rng.int(4) === 0) return { instruction: 's', change: 0 }
  // After d, - would only make a 0.
  return { instruction: rng.pick(before === 'd' ? ['+', '*'] : [...arithmetic]), change: -1 }
}

/** Three instructions that leave the stack as deep as it was and take no more than two of it. */
function drawBody(depth: number, rng: Rng): string {
  const push = rng.int(2) === 0 ? 'd' : `${1 + rng.int(9)}`
  // Not d and -, which would only make a 0.
  const calculate = rng.pick(push === 'd' ? ['+', '*'] : [...arithmetic])
  const forms =
    depth > 1 ? [`s${push}${calculate}`, `${push}${calculate}s`, `${push}s${calculate}`] : [`${push}s${calculate}`]
  return rng.pick(forms)
}

function endWithArithmetic(program: string, depth: number, rng: Rng): string {
  const last = program[program.length - 1]
  if (arithmetic.includes(last)) return program
  return program + (depth > 1 ? '' : `${1 + rng.int(9)}`) + rng.pick([...arithmetic])
}

const shown = (stack: readonly number[]): string => (stack.length === 0 ? '-' : stack.join(' '))

function runOf(program: string): readonly string[] {
  const run = unroll(program)
  if (run !== undefined) return run
  throw new GradusError('data/bad-problem', `The program "${program}" makes no sense.`, {
    hint: 'Give an instance that this family drew.',
  })
}

/** Runs the program; the top after instruction `slip` is off by `off` and carried on. */
function work({ program }: Program, slip = -1, off = 0): Solution {
  let stack: readonly number[] = []
  const steps = runOf(program).map((instruction, i) => {
    stack = execute(stack, instruction) ?? stack
    const top = stack[stack.length - 1]
    if (i === slip) stack = stack.with(-1, (top + off + modulus) % modulus)
    return shown(stack)
  })
  return { steps, answer: `${stack[stack.length - 1]}` }
}

function wrongAnswer(instance: Program, rng: Rng): string {
  const right = Number(work(instance).answer)
  return `${(right + rng.pick([1, 2, 10, modulus - 10, modulus - 2, modulus - 1])) % modulus}`
}

function wrongSolution(instance: Program, rng: Rng): Solution {
  const right = work(instance)
  const run = runOf(instance.program)
  const places = rng.shuffle(run.flatMap((instruction, i) => (arithmetic.includes(instruction) ? [i] : [])))
  for (const place of places.slice(0, 6)) {
    const slipped = work(instance, place, rng.pick([1, -1, 10, -10]))
    if (slipped.answer !== right.answer) return slipped
  }
  return { steps: right.steps, answer: wrongAnswer(instance, rng) }
}

function stepScores({ program }: Program, steps: readonly string[]): number[] {
  const run = runOf(program)
  let stack: readonly number[] | undefined = []
  return steps.map((step, i) => {
    if (stack === undefined || run[i] === undefined) return 0
    const next = execute(stack, run[i])
    const isRight = next !== undefined && step === shown(next)
    // A stack deeper than any program's is not read.
    const isStack = step.length <= 400 && /^\d{1,2}(?: \d{1,2})*$/.test(step)
    stack = step === '-' ? [] : isStack ? step.split(' ').map(Number) : next
    return isRight ? 1 : 0
  })
}

/** The places of digits that are pushed, not loop counts. */
function pushes(program: string): readonly number[] {
  return [...program].flatMap((char, i) => (/\d/.test(char) && program[i + 1] !== '(' ? [i] : []))
}

const replaced = (program: string, at: number, digit: number): string =>
  program.slice(0, at) + digit + program.slice(at + 1)

/** Programs of a stack machine of six instructions and loops. */
export const progExec = taskOf<Program, ProgramKnobs>({
  id: 'prog-exec',
  summary: 'Run a program of a small stack machine: `35+2(d+)=`.',
  rules: [
    'The prompt is a program and =. It runs from left to right on a stack that is empty at first. A digit pushes itself;',
    '+, - and * take the top b and the one below it a and push a+b, a-b or a*b, modulo 100, so from 0 to 99;',
    'd pushes a copy of the top; s swaps the two on top. `3(...)` runs what is in the parentheses three times: a digit',
    'directly before ( is a count and pushes nothing. Right is the top of the stack at the end, a decimal integer.',
    'Steps are the stack after each instruction, top last: `3;3 5;8;8 8;16;16 16;32;#32`.',
  ].join(' '),
  tags: ['programs', 'state-tracking', 'arithmetic'],
  knobs: z.object({
    length: z.int().min(4).max(40).optional().describe('About how many instructions, loops counted once.'),
    loops: z.int().min(0).max(4).optional().describe('How many loops.'),
  }),
  ladder: [
    { length: 5, loops: 0 },
    { length: 8, loops: 0 },
    { length: 10, loops: 1 },
    { length: 14, loops: 1 },
    { length: 20, loops: 2 },
  ],
  alphabet: '0123456789+-*ds()= ;#?:',
  draw,
  prompt: ({ program }) => `${program}=`,
  solve: (instance) => work(instance),
  judge(instance, answer) {
    const right = work(instance).answer
    return answer === right || `${quote(answer)} is not the top ${right}`
  },
  wrongAnswer,
  wrongSolution,
  stepScores,
  // Share of the most frequent answer among 2,000 problems, mostly 0.
  chance: (level) => [0.042, 0.042, 0.067, 0.062, 0.066][level - 1],
  slots: ({ program }) => [...pushes(program).keys()].map((i) => ({ name: `n${i}`, range: [0, 9] as const })),
  fill({ program }, slot, value) {
    const at = pushes(program)[Number(slot.slice(1))]
    return { program: replaced(program, at, value) }
  },
  perturb(instance, rng) {
    const { program } = instance
    const right = work(instance).answer
    for (let tries = 0; tries < 16; tries++) {
      const other = { program: replaced(program, rng.pick(pushes(program)), rng.int(10)) }
      if (work(other).answer !== right) return other
    }
    return undefined
  },
  unanswerable: ({ program }, rng) => {
    const at = rng.pick(pushes(program))
    return `${program.slice(0, at)}?${program.slice(at + 1)}=`
  },
})
