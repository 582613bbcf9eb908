// +corrupt-trace: the same problems with worked traces that were damaged: a step left out, the steps shuffled, a number
// in a step changed. For training on bad traces; the answer stays, and the inner verifier says if the whole is right.
import type { Rng } from '../../base/rng.ts'
import type { Task } from '../../contracts/index.ts'
import { cannotWrap, textOf, wrappedTask } from './wrapped-task.ts'

const damages = ['step-dropped', 'steps-shuffled', 'operand-changed'] as const
type Damage = (typeof damages)[number]

/** The steps with the damage; unchanged where there is nothing to damage so. */
function damaged(steps: readonly string[], damage: Damage, alphabet: string, rng: Rng): readonly string[] {
  switch (damage) {
    case 'step-dropped': {
      const at = rng.int(Math.max(1, steps.length))
      return steps.filter((_, i) => i !== at)
    }
    case 'steps-shuffled': {
      // A turn by some places: no shuffle that leaves all where they are.
      const turn = steps.length > 1 ? 1 + rng.int(steps.length - 1) : 0
      return [...steps.slice(turn), ...steps.slice(0, turn)]
    }
    case 'operand-changed': {
      const numbered = steps.flatMap((step, i) => (/[0-9]/.test(step) ? [i] : []))
      if (numbered.length === 0) return steps
      const at = rng.pick(numbered)
      const places = [...steps[at]].flatMap((char, i) => (/[0-9]/.test(char) ? [i] : []))
      const place = rng.pick(places)
      const others = [...'0123456789'].filter((digit) => digit !== steps[at][place] && alphabet.includes(digit))
      return others.length === 0
        ? steps
        : steps.with(at, steps[at].slice(0, place) + rng.pick(others) + steps[at].slice(place + 1))
    }
    default:
      return damage satisfies never
  }
}

/** The task with damaged traces as further styles. */
export function corruptTrace(task: Task): Task {
  return wrappedTask<object>(task, {
    name: 'corrupt-trace',
    summary: 'Its worked traces can be had damaged.',
    rules: 'Problems and answers are as inside.',
    styles: [...task.styles, ...damages],
    contentOfInner: true,
    draw({ split, index, knobs }) {
      const inner = task.problem(split, index, knobs)
      return { prompt: textOf(inner), answer: inner.answer, inner }
    },
    traces(_problem, inner, style, rng) {
      const damage = damages.find((name) => name === style)
      if (damage === undefined) return task.traces(inner, style, rng)
      return task.traces(inner, task.styles[0], rng).map((trace) => {
        const parts = trace.text.split(';')
        const steps = damaged(parts.slice(0, -1), damage, task.alphabet, rng)
        const text = [...steps, ...parts.slice(-1)].join(';')
        const verdict = task.verify(inner, text)
        if (verdict instanceof Promise) throw cannotWrap(task, 'corrupt-trace', 'its verifier does not answer at once')
        return { text, answer: trace.answer, origin: 'corrupted', right: verdict.kind === 'right', steps }
      })
    },
  })
}
