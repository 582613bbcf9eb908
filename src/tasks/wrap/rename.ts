// +rename: each problem under other names, a bijection of letters drawn for it (the variable variations of
// Putnam-AXIOM). The family itself solves and judges the renamed problem; `meta.original` is the one before.
import type { Json } from '../../base/json.ts'
import type { Task } from '../../contracts/index.ts'
import { splitOfContent } from '../split-by-content.ts'
import { familyTaskWith, firstFit, fittingLevels } from './family-task.ts'
import { renameInstance } from './rename-instance.ts'
import { textOf, wrappedTask } from './wrapped-task.ts'

// One renaming in sixteen keeps a problem in the test split where names count as content.
const renamings = 48

/** The task under other names. */
export function rename(task: Task): Task {
  const made = familyTaskWith(task, 'rename', [])
  const { family } = made
  return wrappedTask<object>(task, {
    name: 'rename',
    levels: fittingLevels(task, 'rename', (problem, rng) => renameInstance(family, made.instance(problem), rng)),
    summary: 'The same problem under other names.',
    rules: 'Problems are as inside; each is another one whose letters were exchanged for other letters.',
    contentOfInner: true,
    draw(ask) {
      const { split, index, rng } = ask
      return firstFit(task, ask, (original) => {
        for (let tries = 0; tries < renamings; tries++) {
          const renamed = renameInstance(family, made.instance(original), rng)
          if (renamed === undefined) continue
          const inner = made.problemOf(renamed, split, index, original.level ?? 1)
          if (splitOfContent(task.id, made.content?.(inner) ?? textOf(inner)) !== split) continue
          const meta = { original: original as unknown as Json }
          return { prompt: textOf(inner), answer: inner.answer, inner, parents: [original.id], meta }
        }
        return undefined
      })
    },
  })
}
