// What a judge's text says: yes, no or nothing. Reads only what the judge wrote, never its prompt. A reading that could
// be a quotation or a hedge is nothing: an abstention costs a vote, a misreading costs a wrong reward.

/** One vote; undefined is an abstention. */
export type Vote = 'yes' | 'no' | undefined

/** Where verdicts stand: the end. What is before the last 20,000 characters is not read. */
const MAX_CHARACTERS = 20_000

const MARK = /\[\[[ \t]{0,8}(yes|no)[ \t]{0,8}\]\]/gi

/** Between two different marks these make a choice, as in "[[YES]] or [[NO]]", not a verdict. */
const HEDGES = new Set(['', 'or', '/', '|', ',', 'and'])

/** What may stand before a bare word: "Verdict: yes". "Answer: yes" may be a quotation, so `answer` is not here. */
const LABELS = new Set([
  '',
  'verdict:',
  'final verdict:',
  'my verdict:',
  'judgement:',
  'judgment:',
  'final judgement:',
  'final judgment:',
  'decision:',
  'equivalent:',
  'correct:',
])

/**
 * The last `[[YES]]` or `[[NO]]`. Without one: `yes`, `no`, `1` or `0` as the whole last sentence, or after a label
 * such as `Verdict:`; a digit needs the line to itself, label or not. Case and emphasis are ignored. Thoughts up to the last
 * `</think>` are left out, and an unclosed `<think>` is an abstention.
 */
export function readVerdict(text: string): Vote {
  const said = withoutThoughts(text)
  if (said === undefined) return undefined
  const end = said.slice(-MAX_CHARACTERS)
  const marks = [...end.matchAll(MARK)]
  const last = marks.at(-1)
  if (last === undefined) return readLastSentence(end)
  const vote = voteOf(last[1])
  const before = marks.at(-2)
  if (before === undefined || voteOf(before[1]) === vote) return vote
  const between = end
    .slice(before.index + before[0].length, last.index)
    .trim()
    .toLowerCase()
  return HEDGES.has(between) ? undefined : vote
}

/** The same text with every mark made harmless, for what is put into a judge's prompt and may come back quoted. */
export function withoutMarks(text: string): string {
  return text.replace(MARK, '($1)')
}

function withoutThoughts(text: string): string | undefined {
  const close = text.lastIndexOf('</think>')
  if (text.lastIndexOf('<think>') > close) return undefined
  return close < 0 ? text : text.slice(close + '</think>'.length)
}

function readLastSentence(text: string): Vote {
  const trimmed = text.trimEnd()
  const line = trimmed
    .slice(trimmed.lastIndexOf('\n') + 1)
    .replace(/[*_`"'#]/g, '')
    .trim()
  const bare = (line.endsWith('.') || line.endsWith('!') ? line.slice(0, -1) : line).trimEnd()
  const cut = Math.max(bare.lastIndexOf(' '), bare.lastIndexOf('\t'), bare.lastIndexOf(':')) + 1
  const vote = voteOf(bare.slice(cut))
  if (vote === undefined) return undefined
  const before = bare.slice(0, cut)
  const isDigit = bare.length - cut === 1
  const sentence = isDigit ? before : before.slice(sentenceStart(before))
  return LABELS.has(sentence.trim().toLowerCase()) ? vote : undefined
}

function sentenceStart(text: string): number {
  return Math.max(text.lastIndexOf('. '), text.lastIndexOf('! '), text.lastIndexOf('? ')) + 1
}

function voteOf(word: string): Vote {
  const lower = word.toLowerCase()
  if (lower === 'yes' || lower === '1') return 'yes'
  return lower === 'no' || lower === '0' ? 'no' : undefined
}
