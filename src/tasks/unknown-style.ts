// The error for a trace style that a task does not know.
import { closestName } from '../base/closest-name.ts'
import { GradusError } from '../base/error.ts'

/** `config/unknown-style`, with the styles the task has. */
export function unknownStyle(task: string, style: string, styles: readonly string[]): GradusError {
  const near = closestName(style, styles)
  return new GradusError('config/unknown-style', `Task "${task}" has no trace style "${style}".`, {
    hint: `${near === undefined ? '' : `Did you mean "${near}"? `}Its styles are: ${styles.join(', ')}.`,
  })
}
