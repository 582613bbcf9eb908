// What the words of a lab's page mean: every column, every outcome, and every recipe in a sentence.
import { recipes as catalog } from '../../recipes/index.ts'
import { formatCount, type ReportSection } from '../../store/index.ts'
import type { LabResults } from '../results.ts'

/** Definitions of all columns and outcomes. */
export function howToRead({ testbeds, seeds }: LabResults): ReportSection {
  const [{ tokens, steps }] = testbeds
  return {
    title: 'How to read it',
    definitions: [
      {
        term: 'recipe',
        meaning:
          'A way of training, from a paper. Where settings stand behind the name, it is that recipe with these settings changed.',
      },
      {
        term: 'pass@1',
        meaning:
          'The chance that one sample of the trained model is right, averaged over problems and seeds. 0 is never, 1 is always.',
      },
      {
        term: '[low, high]',
        meaning: `The 95 % interval: where the true value lies, were problems and seeds drawn again (a bootstrap that draws both). With ${seeds.length} ${seeds.length === 1 ? 'seed it says nothing of other seeds' : 'seeds it is rather too narrow'}.`,
      },
      {
        term: 'over the base',
        meaning:
          'pass@1 minus that of the base model before training, on the same problems. Above 0 with the whole interval: training surely helped.',
      },
      {
        term: 'over its baseline',
        meaning:
          'pass@1 minus that of the recipe it builds on, named under baseline, seed by seed and problem by problem. An interval that holds 0: these runs do not tell them apart.',
      },
      {
        term: 'pass@k',
        meaning:
          'The chance that at least one of k samples is right: what the model can do at all. It may fall while pass@1 rises.',
      },
      {
        term: 'trained, sampled',
        meaning: `Tokens of one run, mean over seeds: those that gradients were computed on, and those that the model wrote while training. The budget is ${formatCount(tokens)} trained tokens or ${steps} steps, and the runs of a ranking are equal in trained tokens, not in sampled ones.`,
      },
      {
        term: 'steps, time',
        meaning:
          'Optimiser steps of one run and its seconds of work on the machine where it ran, mean over seeds. Evaluations count.',
      },
      {
        term: 'seeds',
        meaning: 'The seeds of the finished runs. Equal seeds see the same problems in the same order.',
      },
      { term: 'held', meaning: 'The claim is seen: its number lies on the claimed side with its whole interval.' },
      {
        term: 'not held',
        meaning:
          'The opposite is seen, with the whole interval. On this testbed and budget, that is; a paper may well be right about larger models.',
      },
      {
        term: 'inconclusive',
        meaning:
          'The interval reaches over the line: the evidence says neither. More seeds or problems would narrow it.',
      },
      {
        term: 'not checked',
        meaning: 'A run that the claim needs is missing, or it asks for more samples than were drawn.',
      },
      {
        term: 'without a verdict',
        meaning:
          'Samples that no verifier could judge. They are left out of the numbers and counted, not taken for wrong.',
      },
    ],
  }
}

/** A sentence for each recipe, with its paper. */
export function recipesSection({ recipes }: LabResults): readonly ReportSection[] {
  const definitions = recipes.flatMap((id) => {
    const recipe = catalog.find((one) => one.id === id)
    if (recipe === undefined) return []
    const { summary, paper } = recipe
    return [{ term: id, meaning: `${summary} (${paper.title}, ${paper.year})` }]
  })
  return definitions.length === 0 ? [] : [{ title: 'The recipes', definitions }]
}
