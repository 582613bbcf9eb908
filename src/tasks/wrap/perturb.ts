// +perturb: the twin of each problem, changed in one place so that its answer changes (as the perturbations of
// 2410.23123). A model that knows the original by heart fails on the twin. `meta.original` is the problem it came from.
import type { Json } from '../../base/json.ts'
import type { Task } from '../../contracts/index.ts'
import { splitOfContent } from '../split-by-content.ts'
import { familyTaskWith, firstFit, fittingLevels } from './family-task.ts'
import { textOf, wrappedTask } from './wrapped-task.ts'

/** The task of the twins. */
export function perturb(task: Task): Task {
  const made = familyTaskWith(task, 'perturb', ['perturb'])
  const { family } = made
  return wrappedTask<object>(task, {
    name: 'perturb',
    levels: fittingLevels(task, 'perturb', (problem, rng) => family.perturb?.(made.instance(problem), rng)),
    summary: 'The twin of a problem, changed in one place.',
    rules: 'Problems are as inside; each is the twin of another, which has another answer.',
    contentOfInner: true,
    draw(ask) {
      const { split, index, rng } = ask
      return firstFit(task, ask, (original) => {
        const twin = family.perturb?.(made.instance(original), rng)
        if (twin === undefined || (family.accept !== undefined && !family.accept(twin))) return undefined
        const inner = made.problemOf(twin, split, index, original.level ?? 1)
        // A twin belongs to the split that its own content gives it.
        if (splitOfContent(task.id, made.content?.(inner) ?? textOf(inner)) !== split) return undefined
        if (family.judge(twin, original.answer ?? '') === true) return undefined
        const parents = [original.id]
        return {
          prompt: textOf(inner),
          answer: inner.answer,
          inner,
          parents,
          meta: { original: original as unknown as Json },
        }
      })
    },
  })
}
