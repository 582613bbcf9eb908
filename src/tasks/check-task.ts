// The battery that every task must pass before anything is trained on it: deterministic, its own solutions right,
// wrong traces and other problems' solutions wrong, hostile texts harmless, its alphabet kept, its splits disjoint.
// It knows no task. `gradus tasks check` and the unit tests print its report.
import { isGradusError, messageOf } from '../base/error.ts'
import { canonicalJson } from '../base/json.ts'
import { stream } from '../base/rng.ts'
import type { Problem, Split, Task, Verdict } from '../contracts/index.ts'
import { hostileTexts } from './hostile-texts.ts'

/** One thing that did not hold. */
export interface CheckFailure {
  readonly check: string
  readonly level?: number
  readonly problem?: string
  readonly detail: string
}

/** What a check of a task found. */
export interface TaskReport {
  readonly task: string
  readonly ok: boolean
  /** How often each check was made. */
  readonly checks: Readonly<Record<string, number>>
  readonly failures: readonly CheckFailure[]
}

/** How much to check. */
export interface CheckOptions {
  /** Problems a level and split; default 20. */
  readonly problems?: number
  readonly seed?: number
}

const splits: readonly Split[] = ['train', 'validation', 'test']
// Hostile texts are the same for every problem, so a few problems a level are enough.
const hostileProblems = 3
/** The tag of tasks in which one problem has several right answers. */
const severalAnswers = 'several-answers'

interface Ledger {
  hold(check: string, holds: boolean, about: { level?: number; problem?: string }, detail: () => string): void
  report(): TaskReport
}

function makeLedger(task: string): Ledger {
  const checks: Record<string, number> = {}
  const failures: CheckFailure[] = []
  return {
    hold(check, holds, about, detail) {
      checks[check] = (checks[check] ?? 0) + 1
      if (!holds) failures.push({ check, ...about, detail: detail() })
    },
    report: () => ({ task, ok: failures.length === 0, checks, failures }),
  }
}

/** Checks the task on problems of every level. Never throws for a fault of the task: it is in the report. */
export async function checkTask(task: Task, options: CheckOptions = {}): Promise<TaskReport> {
  const { problems = 20, seed = 0 } = options
  const ledger = makeLedger(task.id)
  await guarded(ledger, 'declaration', {}, () => checkDeclaration(task, ledger))
  for (const level of task.levels) {
    await guarded(ledger, 'level', { level }, async () => {
      const first = stream('check-task', task.id, level, seed).int(1_000_000)
      const make = (split: Split, i: number): Problem => task.problem(split, first + i, { level })
      const bySplit = splits.map((split) => Array.from({ length: problems }, (_, i) => make(split, i)))
      checkSplits(bySplit, level, ledger)
      for (const [s, made] of bySplit.entries()) {
        for (const [i, problem] of made.entries()) {
          const about = { level, problem: problem.id }
          await guarded(ledger, 'problem', about, async () => {
            checkProblem(task, problem, make(splits[s], i), splits[s], about, ledger)
            await checkTraces(task, problem, seed, about, ledger)
            await checkOther(task, problem, made[(i + 1) % made.length], about, ledger)
            if (i < hostileProblems) await checkHostile(task, problem, about, ledger)
          })
        }
      }
    })
  }
  return ledger.report()
}

type About = { level?: number; problem?: string }

/** What is thrown becomes a failure, and the rest of the battery goes on. */
async function guarded(ledger: Ledger, check: string, about: About, work: () => void | Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    ledger.hold(`${check} throws nothing`, false, about, () => messageOf(error))
  }
}

function checkDeclaration(task: Task, ledger: Ledger): void {
  const hold = (holds: boolean, detail: string): void => ledger.hold('declaration', holds, {}, () => detail)
  hold(/^[a-z][a-z0-9]*([-+][a-z0-9]+)*$/.test(task.id), `the id "${task.id}" is not kebab-case`)
  hold(task.summary !== '', 'the summary is empty')
  hold(task.levels.length > 0, 'it has no levels')
  hold(task.styles.length > 0, 'it has no trace styles')
  hold(new Set(task.alphabet).size === [...task.alphabet].length, 'a character occurs twice in its alphabet')
  hold(task.knobs.safeParse({}).success, 'a knob has no default')
  hold('level' in task.knobs.shape, 'it has no knob "level"')
  for (const [name, knob] of Object.entries(task.knobs.shape)) {
    hold(typeof knob.description === 'string' && knob.description !== '', `knob "${name}" has no description`)
  }
  for (const level of task.levels) {
    const chance = task.chance(level)
    hold(chance >= 0 && chance < 1, `chance(${level}) is ${chance}`)
  }
}

function checkSplits(bySplit: readonly (readonly Problem[])[], level: number, ledger: Ledger): void {
  const owner = new Map<string, string>()
  for (const problem of bySplit.flat()) {
    const prompt = canonicalJson(problem.prompt)
    const other = owner.get(prompt) ?? problem.split
    owner.set(prompt, other)
    ledger.hold('disjoint splits', other === problem.split, { level, problem: problem.id }, () => `also in ${other}`)
  }
  const ids = bySplit.flat().map((problem) => problem.id)
  ledger.hold('unique ids', new Set(ids).size === ids.length, { level }, () => 'two problems have the same id')
}

function checkProblem(task: Task, made: Problem, again: Problem, split: Split, about: About, ledger: Ledger): void {
  ledger.hold('deterministic', canonicalJson(made) === canonicalJson(again), about, () => 'made twice, it differs')
  const isLabelled = made.task === task.id && made.split === split && made.level === about.level
  ledger.hold('labels', isLabelled, about, () => `it says ${made.task}, ${made.split}, level ${made.level}`)
  const copy: unknown = JSON.parse(JSON.stringify(made))
  ledger.hold('plain data', canonicalJson(copy) === canonicalJson(made), about, () => 'JSON does not carry it')
  checkAlphabet(task, typeof made.prompt === 'string' ? made.prompt : '', about, ledger)
}

function checkAlphabet(task: Task, text: string, about: About, ledger: Ledger): void {
  const strange = [...text].find((char) => !task.alphabet.includes(char))
  ledger.hold('alphabet', strange === undefined, about, () => `${JSON.stringify(strange)} in ${JSON.stringify(text)}`)
}

async function checkTraces(task: Task, problem: Problem, seed: number, about: About, ledger: Ledger): Promise<void> {
  const gold = task.solve(problem)
  checkAlphabet(task, gold, about, ledger)
  holdVerdict('gold is right', 'right', gold, await task.verify(problem, gold), about, ledger)
  for (const style of task.styles) {
    const rng = () => stream('check-task', 'traces', seed, problem.id, style)
    const traces = task.traces(problem, style, rng())
    const isSame = canonicalJson(traces) === canonicalJson(task.traces(problem, style, rng()))
    ledger.hold('deterministic', isSame, about, () => `traces "${style}" differ for the same stream`)
    ledger.hold('traces', traces.length > 0, about, () => `no trace of style "${style}"`)
    for (const trace of traces) {
      const kind = trace.right === true ? 'right' : 'wrong'
      ledger.hold('traces', trace.right !== undefined, about, () => `style "${style}" does not say if it is right`)
      checkAlphabet(task, trace.text, about, ledger)
      const verdict = await task.verify(problem, trace.text)
      holdVerdict(`${kind} traces`, kind, trace.text, verdict, about, ledger)
      // A trace corrupted on purpose (+corrupt-trace) may end right after a wrong step, and says so by its origin.
      const lowest = trace.origin === 'oracle' ? Math.min(1, ...(verdict.steps ?? [])) : 1
      ledger.hold(
        'right steps',
        kind === 'wrong' || lowest === 1,
        about,
        () => `a step of ${trace.text} scores ${lowest}`,
      )
    }
  }
  let thrown: unknown
  try {
    task.traces(problem, 'no-such-style', stream('check-task', seed))
  } catch (error) {
    thrown = error
  }
  ledger.hold('unknown style', isGradusError(thrown), about, () => `"no-such-style" gave ${messageOf(thrown)}`)
}

async function checkOther(task: Task, problem: Problem, other: Problem, about: About, ledger: Ledger): Promise<void> {
  // Problems with equal answers may share solutions; those without a stated answer say nothing here.
  if (problem.answer === undefined || other.answer === undefined || problem.answer === other.answer) return
  const text = task.solve(other)
  const verdict = await task.verify(problem, text)
  // Where several answers are right (two jugs, one witness of many), another problem's may be one of them.
  if (verdict.kind === 'right' && task.tags?.includes(severalAnswers)) return
  holdVerdict("other problems' solutions", 'wrong', text, verdict, about, ledger)
}

async function checkHostile(task: Task, problem: Problem, about: About, ledger: Ledger): Promise<void> {
  const prompt = typeof problem.prompt === 'string' ? problem.prompt : ''
  for (const [name, text] of [...Object.entries(hostileTexts), ['the prompt itself', prompt]]) {
    await guarded(ledger, `hostile text "${name}"`, about, async () => {
      const { kind, score } = await task.verify(problem, text)
      const isHarmless = (kind === 'wrong' || kind === 'undecided') && score === 0
      ledger.hold('hostile texts', isHarmless, about, () => `"${name}" is ${kind} with score ${score}`)
    })
  }
}

function holdVerdict(
  check: string,
  kind: Verdict['kind'],
  text: string,
  verdict: Verdict,
  about: About,
  ledger: Ledger,
): void {
  const holds = verdict.kind === kind && verdict.score === (kind === 'right' ? 1 : 0) && verdict.reason !== ''
  const said = `${verdict.kind} (${verdict.reason}), score ${verdict.score}`
  ledger.hold(check, holds, about, () => `${JSON.stringify(text)} is ${said}`)
}
