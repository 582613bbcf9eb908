// A stage as pseudo-code, from what its pieces say of themselves: what `gradus explain` and the recipe pages print.
import type { Stage } from '../../contracts/index.ts'

/** One line for each thing that a step does. */
export function pseudoCode(stage: Stage): readonly string[] {
  const { source, plan, credit = [], assemble, aggregate, loss, update, needs = {} } = stage
  const steps = `${stage.steps} steps${stage.tokens === undefined ? '' : ` or ${stage.tokens} trained tokens`}`
  const start = stage.from === 'base' ? ', from the starting model again' : ''
  const said = (says: string | undefined, fallback: string): string[] => (says ?? fallback).split('\n')
  const { epochs = 1, minibatches = 1 } = update
  const updates = epochs * minibatches
  const lines = [
    ...Object.entries(needs).map(
      ([role, from]) => `${names[role]} = ${from === 'base' ? 'the starting model' : from.folder}`,
    ),
    `for each of ${steps}${start}:`,
    `  q_1 .. q_${stage.problems} = ${source.says ?? 'problems'}`,
    ...indent([
      ...said(plan.says, 'roll out each problem'),
      ...credit.flatMap(({ says }) => said(says, 'credit')),
      ...said(assemble.says, 'assemble examples'),
      ...said(aggregate.says, 'weigh tokens'),
      ...(updates > 1 ? [`${epochs === 1 ? '' : `${epochs} times `}in ${minibatches} parts:`] : []),
      ...said(loss.formula, loss.id).map((line) => (updates > 1 ? `  ${line}` : line)),
      `${updates > 1 ? '  ' : ''}θ ← ${update.optimizer.kind}(θ, ∇L)`,
    ]),
  ]
  return lines
}

const names: Readonly<Record<string, string>> = {
  reference: 'π_ref',
  teacher: 'π_teacher',
  judge: 'π_judge',
  previous: 'π_previous',
}

const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`)

/** Lines of one text that the other does not have, with - and +, in order of appearance. */
export function lineDifference(before: readonly string[], after: readonly string[]): readonly string[] {
  const lost = before.filter((line) => !after.includes(line))
  const gained = after.filter((line) => !before.includes(line))
  return [...lost.map((line) => `- ${line.trim()}`), ...gained.map((line) => `+ ${line.trim()}`)]
}
