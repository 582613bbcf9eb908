// Cuts a stretch of LaTeX or prose into the pieces that matter for where a statement begins and ends: commands with the
// text they take, braces, brackets, signs, words. Linear; understands no mathematics.

/** A piece with its place in the text it was cut from. */
export interface Piece {
  readonly kind:
    | 'open'
    | 'close'
    | 'relation'
    | 'cut'
    | 'text'
    | 'space'
    | 'comma'
    | 'word'
    | 'script'
    | 'command'
    | 'other'
  readonly text: string
  readonly start: number
  readonly end: number
}

const relations = new Set(
  (
    'eq le leq ge geq leqslant geqslant lt gt approx equiv sim simeq cong in notin ne neq not implies iff to rightarrow ' +
    'Rightarrow longrightarrow Longrightarrow Leftrightarrow leftrightarrow mapsto therefore because coloneqq doteq propto'
  ).split(' '),
)
const cuts = new Set(
  'quad qquad begin end newline tag qed blacksquare square checkmark label nonumber hfill item hline par'.split(' '),
)
const texts = new Set('text textbf textrm textit mbox textnormal textsf hbox'.split(' '))
/** Fonts, sizes and distances say nothing. */
const plainCommands = new Set(
  (
    'displaystyle textstyle large Large LARGE huge Huge normalsize small tiny bf rm it left right big Big bigg Bigg bigl bigr ' +
    'Bigl Bigr limits nolimits cdots mathrm mathbf mathit mathsf boldsymbol bm color textcolor colorbox underline ensuremath'
  ).split(' '),
)

/** Whether a command changes nothing of what its braces hold. */
export function isPlainCommand(command: string): boolean {
  return plainCommands.has(command) || texts.has(command)
}

const next =
  /\\([a-zA-Z]+)\*?|\\\\|\\[,;:! ]|\\([{}])|\\([()[\]])|\\(.)|[\s~]+|[{}]|[([]|[)\]]|[=<>≤≥≠≈≡∈→⇒⇔∴⟹]|[,;]|[\^_]|\p{L}+|\d+(?:[.,]\d+)*|&|./gsuy

/** The pieces of a short text in order. */
export function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = []
  next.lastIndex = 0
  for (let match = next.exec(text); match !== null; match = next.exec(text)) {
    const start = match.index
    const end = endOfPiece(text, match)
    next.lastIndex = end
    pieces.push({ kind: kindOf(match), text: text.slice(start, end), start, end })
  }
  return pieces
}

/** `\text{…}` is one piece, as are `\begin{…}`, `\tag{…}` and `\color{…}` with what they name. */
function endOfPiece(text: string, match: RegExpExecArray): number {
  const end = match.index + match[0].length
  const command = match[1]
  if (command === undefined) return end
  const names = texts.has(command) || /^(?:begin|end|tag|label|color|textcolor|colorbox)$/.test(command)
  const brace = names ? /^\s{0,2}\{[^{}\\$]{0,200}\}/.exec(text.slice(end, end + 210)) : null
  if (brace === null) return end
  // The columns of an array are named behind its name.
  const columns =
    command === 'begin' ? /^\s?\{[clr| ]{1,20}\}/.exec(text.slice(end + brace[0].length, end + 250)) : null
  return end + brace[0].length + (columns?.[0].length ?? 0)
}

function kindOf(match: RegExpExecArray): Piece['kind'] {
  const [all, command, brace, delimiter] = match
  if (command !== undefined) {
    if (relations.has(command)) return 'relation'
    if (cuts.has(command)) return 'cut'
    if (texts.has(command)) return 'text'
    return plainCommands.has(command) ? 'space' : 'command'
  }
  if (brace !== undefined) return brace === '{' ? 'open' : 'close'
  if (delimiter !== undefined || all === '\\\\' || all === '&') return 'cut'
  if (/^(?:\\[,;:! ]|[\s~]+)$/.test(all)) return 'space'
  if (/^[{([]$/.test(all)) return 'open'
  if (/^[})\]]$/.test(all)) return 'close'
  if (/^[=<>≤≥≠≈≡∈→⇒⇔∴⟹]$/.test(all)) return 'relation'
  if (all === ',' || all === ';') return 'comma'
  if (all === '^' || all === '_') return 'script'
  return /^\p{L}/u.test(all) ? 'word' : 'other'
}
