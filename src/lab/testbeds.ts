// The built-in testbeds, as plain data. Adding one is an entry here; a claim names one by its id.
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'
import type { Testbed } from './testbed.ts'

/** Of every run: nothing is evaluated, saved or recorded between its two ends, since only they are compared. */
const endsOnly = { schedule: { checkpointEvery: 1000 }, rollout: { recordEvery: 0 } }

/** Every testbed; the first is the default. */
export const testbeds: readonly Testbed[] = [
  {
    id: 'chain-arithmetic',
    summary: 'A base that can reason in steps but mostly guesses: what reinforcement learning puts right in minutes.',
    task: 'chain-arithmetic',
    base: {},
    // A small, constant rate: at the task's own, every method is at 0.99 within the budget.
    recipe: {
      ...endsOnly,
      schedule: { ...endsOnly.schedule, lr: 1e-4, shape: { kind: 'constant' } },
      evaluation: { every: 0, problems: 256, samples: 16, k: [1, 2, 4, 8, 16] },
    },
    tokens: 100_000,
    steps: 40,
  },
  {
    id: 'countdown',
    summary: 'A base that finds most answers only in many attempts: what pass@k at large k is measured on.',
    task: 'countdown',
    base: {},
    recipe: { ...endsOnly, evaluation: { every: 0, problems: 192, samples: 128, k: [1, 2, 4, 8, 16, 32, 64, 128] } },
    tokens: 400_000,
    steps: 60,
  },
  {
    id: 'knights-and-knaves',
    summary: 'A base that can search through who lies but mostly guesses: long completions, and answers of many parts.',
    task: 'knights-and-knaves',
    base: {},
    recipe: { ...endsOnly, evaluation: { every: 0, problems: 256, samples: 8, k: [1, 2, 4, 8] } },
    tokens: 600_000,
    steps: 25,
  },
]

/** The testbed of this id. @throws `config/unknown-testbed` with the closest name */
export function findTestbed(id: string): Testbed {
  const found = testbeds.find((testbed) => testbed.id === id)
  if (found !== undefined) return found
  const names = testbeds.map((testbed) => testbed.id)
  const near = closestName(id, names)
  throw new GradusError(
    'config/unknown-testbed',
    `there is no testbed "${id}"${near === undefined ? '' : `; did you mean "${near}"?`}`,
    { hint: `Testbeds: ${names.join(', ')}.` },
  )
}
