// Finds `<answer>...</answer>`. Several are treated as several boxes are; one that is never closed goes to the end.
import type { Box } from './boxes.ts'

/** The tags of a text in order, of nested ones the innermost; only the last may be unclosed. */
export function findAnswerTags(text: string): Box[] {
  if (!text.includes('<answer>')) return []
  const tags: Box[] = []
  let open: { readonly start: number; readonly from: number } | undefined
  for (const { 0: tag, index } of text.matchAll(/<\/?answer>/g)) {
    const end = index + tag.length
    if (tag === '<answer>') open = { start: index, from: end }
    else if (open !== undefined) {
      tags.push({ start: open.start, end, content: text.slice(open.from, index), closed: true })
      open = undefined
    }
  }
  if (open !== undefined)
    tags.push({ start: open.start, end: text.length, content: text.slice(open.from), closed: false })
  return tags
}
