// Finds `\boxed{}` and `\fbox{}` in one forward pass with a stack of braces, so that any nesting costs linear time.
// Which of them is the answer is decided in last-boxes.ts.

/** A box that no other box encloses. `start` is its backslash, `end` the place after it. */
export interface Box {
  readonly start: number
  readonly end: number
  readonly content: string
  /** Whether its brace was closed; otherwise the content goes to the end of the line. */
  readonly closed: boolean
}

const commands = ['\\boxed', '\\fbox', '\\framebox']

/** What an open brace belongs to: -1 for none, else the place of a box's backslash. */
interface OpenBrace {
  readonly box: number
  readonly at: number
  /** Whether its backslashes are doubled. */
  readonly isTwice?: true
}

/** All boxes in order; an unclosed one can only be the last. */
export function findBoxes(text: string): Box[] {
  if (!commands.some((command) => text.includes(command))) return []
  const boxes: Box[] = []
  const open: OpenBrace[] = []
  const add = (box: Box): void => {
    // Boxes inside this one were found before it.
    while ((boxes.at(-1)?.start ?? -1) > box.start) boxes.pop()
    boxes.push(box)
  }
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (character === '\\') {
      // Escaped twice, as in a JSON that was not decoded.
      const twice = text[i + 1] === '\\' ? 1 : 0
      const command = commands.find((one) => text.startsWith(one, i + twice))
      if (twice === 1 && command !== undefined && text[i + 1 + command.length] === '{') {
        open.push({ box: i, at: i + 1 + command.length, isTwice: true })
        i += 1 + command.length
        continue
      }
      const argument = command === undefined ? -1 : skipSpaces(text, i + command.length)
      if (argument < 0) {
        // An escaped brace or the first half of a line break opens and closes nothing.
        i++
      } else if (text[argument] === '{') {
        open.push({ box: i, at: argument })
        i = argument
      } else {
        const end = endOfWord(text, argument)
        if (end > argument && !/[a-z]/i.test(text[i + (command?.length ?? 0)] ?? ''))
          add({ start: i, end, content: text.slice(argument, end), closed: true })
        i = Math.max(i, argument - 1)
      }
    } else if (character === '{') open.push({ box: -1, at: i })
    else if (character === '}') {
      const brace = open.pop()
      if (brace !== undefined && brace.box >= 0)
        add({ start: brace.box, end: i + 1, content: contentOf(brace, text.slice(brace.at + 1, i)), closed: true })
    }
  }
  const unclosed = open.findLast((brace) => brace.box >= 0)
  if (unclosed !== undefined && unclosed.box > (boxes.at(-1)?.start ?? -1)) boxes.push(toEndOfLine(text, unclosed))
  return boxes
}

const contentOf = ({ isTwice }: OpenBrace, content: string): string =>
  isTwice ? content.replaceAll('\\\\', '\\') : content

function toEndOfLine(text: string, { box, at }: OpenBrace): Box {
  const newline = text.indexOf('\n', at)
  const end = newline < 0 ? text.length : newline
  // The maths around the box is closed although the box is not.
  const content = text.slice(at + 1, Math.min(end, at + 20_000)).replace(/(?:\$\$?|\\\)|\\\])[\s.]{0,8}$/, '')
  return { start: box, end, content, closed: false }
}

function skipSpaces(text: string, from: number): number {
  let at = from
  while (at < from + 8 && (text[at] === ' ' || text[at] === '\n')) at++
  return at
}

/** `\boxed 3` has no braces: up to the end of the maths around it, else one word. */
function endOfWord(text: string, from: number): number {
  const near = text.slice(from, from + 50)
  const dollar = near.indexOf('$')
  if (dollar > 0 && !near.slice(0, dollar).includes('\n')) return from + dollar
  return from + (/^[^\s$}]{0,50}/.exec(near)?.[0].length ?? 0)
}
