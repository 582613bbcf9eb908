// Text of a model as one can see it. What would reorder, hide or move its neighbours (control characters, bidirectional
// overrides, invisible characters, lone surrogates) becomes a sign that stands for it; nothing is dropped. The signs are
// pieces of their own, so that a page can set them apart from what the model wrote.

/** A stretch of text; `isSign`: it stands for something that cannot be seen. */
export interface Piece {
  readonly text: string
  readonly isSign: boolean
}

/** Characters that order or break text around them, or show nothing. The joiner is left alone: emoji are made with it. */
const unsafe = /^(?!\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]$/u
/** All that a reader of tokens wants to see besides: every kind of space, selectors, fillers. */
const invisible = /^[\p{Cc}\p{Cf}\p{Z}\p{Cs}\p{Default_Ignorable_Code_Point}]$/u
const mark = /^\p{M}/u

const signs: Readonly<Record<string, string>> = {
  ' ': '·',
  '\n': '⏎',
  '\t': '⇥',
  '\u007f': '⟨DEL⟩',
  '\u00a0': '⟨NBSP⟩',
}

/** Names of the first 32 characters: fonts with pictures of them are rare. */
const controls = (
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI ' +
  'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'
).split(' ')

/** Text for reading: spaces, tabs and line ends stay what they are. */
export function safePieces(text: string): readonly Piece[] {
  return pieces(text, (character) => character !== '\n' && character !== '\t' && unsafe.test(character))
}

/** One token with everything in it visible, as one string. A token that begins inside a character gets a circle to sit on. */
export function visibleToken(text: string): string {
  const shown = pieces(text, (character) => invisible.test(character))
    .map((piece) => piece.text)
    .join('')
  return mark.test(shown) ? `◌${shown}` : shown
}

/** A sign for one character: its own, its name, or its number. */
function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  return signs[character] ?? `⟨${controls[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}⟩`
}

function pieces(text: string, needsSign: (character: string) => boolean): readonly Piece[] {
  const found: Piece[] = []
  let plain = ''
  let signed = ''
  const flush = (): void => {
    if (plain !== '') found.push({ text: plain, isSign: false })
    if (signed !== '') found.push({ text: signed, isSign: true })
    plain = ''
    signed = ''
  }
  for (const character of text) {
    if (needsSign(character)) {
      if (plain !== '') flush()
      signed += signOf(character)
    } else {
      if (signed !== '') flush()
      plain += character
    }
  }
  flush()
  return found
}
