// The evidence of a claim, one line of text from src/recipes/claims.ts, as parts with numbers and in words. What is written
// otherwise is shown as it is.

/** One measured quantity or difference. */
export interface Evidence {
  readonly words: string
  readonly value: number
  readonly low: number
  readonly high: number
  /** How far below 0 is near enough, where the claim allows for that. */
  readonly margin?: number
  /** Whether it is read against 0. */
  readonly isDifference: boolean
}

/** The parts of an evidence that can be read; `rest` are the others. */
export function readEvidence(text: string): { readonly parts: readonly Evidence[]; readonly rest: readonly string[] } {
  const parts: Evidence[] = []
  const rest: string[] = []
  for (const piece of text.split('; ')) {
    const part = readPart(piece)
    if (part === undefined) rest.push(piece)
    else parts.push(part)
  }
  return { parts, rest }
}

// `pass@1 (own) minus pass@1 (grpo): -0.032 [-0.042, -0.024], margin 0.05`
function readPart(piece: string): Evidence | undefined {
  const colon = piece.lastIndexOf(': ')
  const open = piece.indexOf(' [', colon)
  const close = piece.indexOf(']', open)
  if (colon < 0 || open < 0 || close < 0) return undefined
  const value = numberOf(piece.slice(colon + 2, open))
  const [low, high, ...more] = piece
    .slice(open + 2, close)
    .split(', ')
    .map(numberOf)
  const behind = piece.slice(close + 1)
  const margin = behind.startsWith(', margin ') ? numberOf(behind.slice(', margin '.length)) : undefined
  if (value === undefined || low === undefined || high === undefined || more.length > 0) return undefined
  if (behind !== '' && margin === undefined) return undefined
  const subject = piece.slice(0, colon)
  const minus = subject.indexOf(' minus ')
  const isDifference = minus >= 0
  const words = isDifference
    ? `${sideWords(subject.slice(0, minus))}, minus ${sideWords(subject.slice(minus + ' minus '.length))}`
    : sideWords(subject)
  return { words, value, low, high, isDifference, ...(margin !== undefined && { margin }) }
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}

// `pass@1 of the start (own)`: the arm `own` is the recipe's.
function sideWords(side: string): string {
  const open = side.lastIndexOf(' (')
  if (open < 0 || !side.endsWith(')')) return side
  const arm = side.slice(open + 2, -1)
  const measure = side.slice(0, open)
  const ofStart = ' of the start'
  if (measure.endsWith(ofStart)) return `${measure.slice(0, -ofStart.length)} of the starting model`
  return `${measure} of ${arm === 'own' ? 'this recipe' : `“${arm}”`}`
}
