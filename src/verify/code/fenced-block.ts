// Takes the program out of a completion: the last closed fenced block of the language, after the thinking part.
// One pass over the lines; it does not judge what is inside.
import type { Language } from './sandbox.ts'

const tags: Readonly<Record<Language, readonly string[]>> = {
  javascript: ['javascript', 'js', 'mjs', 'node', 'nodejs', 'ecmascript'],
  python: ['python', 'py', 'python3', 'py3', 'pypy', 'pypy3'],
}

interface Fence {
  readonly character: string
  readonly length: number
  readonly indent: number
  readonly info: string
}

/**
 * The text of the last closed block that is tagged with the language; without such a block, of the last one without
 * a tag. A block that is never closed was cut off and does not count; nor does anything before the last `</think>`,
 * or inside a `<think>` that is never closed.
 */
export function lastFencedBlock(text: string, language?: Language): string | undefined {
  const answer = afterThinking(text)
  if (answer === undefined) return undefined
  let open: (Fence & { readonly from: number }) | undefined
  let tagged: string | undefined
  let plain: string | undefined
  const lines = answer.split('\n')
  for (let i = 0; i < lines.length; i++) {
    const fence = readFence(lines[i])
    if (fence === undefined) continue
    if (open === undefined) {
      open = { ...fence, from: i + 1 }
    } else if (fence.character === open.character && fence.length >= open.length && fence.info === '') {
      const { indent, info, from } = open
      const body = lines.slice(from, i).map((line) => dedent(line, indent))
      const tag = info.split(/[\s,{]/, 1)[0].toLowerCase()
      if (language === undefined || tags[language].includes(tag)) tagged = `${body.join('\n')}\n`
      else if (tag === '') plain = `${body.join('\n')}\n`
      open = undefined
    }
  }
  return tagged ?? plain
}

function afterThinking(text: string): string | undefined {
  const end = text.lastIndexOf('</think>')
  if (end >= 0) return text.slice(end + '</think>'.length)
  return text.includes('<think>') ? undefined : text
}

function readFence(line: string): Fence | undefined {
  const rest = line.trimStart()
  const character = rest[0]
  if (character !== '`' && character !== '~') return undefined
  let length = 1
  while (rest[length] === character) length++
  const info = rest.slice(length).trim()
  if (length < 3 || (character === '`' && info.includes('`'))) return undefined
  return { character, length, indent: line.length - rest.length, info }
}

/** Blocks in lists are indented as a whole: takes off at most what stood before the opening fence. */
function dedent(line: string, indent: number): string {
  let blanks = 0
  while (blanks < indent && (line[blanks] === ' ' || line[blanks] === '\t')) blanks++
  return line.slice(blanks).replace(/\r$/, '')
}
