// What each LaTeX command means to the reader: nothing, a group, a change to text, or a token. A command that is not
// here becomes a token that no grammar accepts, so its answer is compared as text.
import type { TokenKind } from './token.ts'

export type Meaning =
  /** Leaves nothing; counts as a space. */
  | { readonly as: 'space' }
  /** Leaves nothing and joins what stands around it. */
  | { readonly as: 'nothing' }
  /** Leaves nothing, its argument neither: `\hspace{1cm}`. */
  | { readonly as: 'drop-argument' }
  /** Decoration: only the group behind it stays. */
  | { readonly as: 'group' }
  /** The group behind it is text. */
  | { readonly as: 'text' }
  | { readonly as: 'left' | 'right' | 'begin' | 'end' | 'blackboard' }
  /** A sign whose name follows: `\angle ABC`. */
  | { readonly as: 'angle' }
  | { readonly as: 'token'; readonly kind: TokenKind; readonly text: string }

const table = new Map<string, Meaning>()

function put(names: string, meaning: Meaning): void {
  for (const name of names.split(' ')) table.set(name, meaning)
}

function putTokens(kind: TokenKind, rows: Readonly<Record<string, string>>): void {
  for (const [text, names] of Object.entries(rows)) put(names, { as: 'token', kind, text })
}

put(', ; : > quad qquad enspace thinspace space hfill newline par null', { as: 'space' })
table.set(' ', { as: 'space' })
put('therefore "', { as: 'space' })
put('angle measuredangle sphericalangle', { as: 'angle' })
put('! negthinspace displaystyle textstyle scriptstyle limits nolimits big Big bigg Bigg bigl Bigl biggl Biggl', {
  as: 'nothing',
})
put('bigr Bigr biggr Biggr rm bf it tt sf cal noindent centering strut mathstrut normalfont large Large small', {
  as: 'nothing',
})
put('left mleft', { as: 'left' })
put('right mright', { as: 'right' })
put('hspace vspace hspace* color tag label phantom hphantom vphantom textcolor', { as: 'drop-argument' })
put('boxed fbox framebox mathbf mathit mathcal mathfrak mathscr boldsymbol bm pmb ensuremath mathop mathrel mathbin', {
  as: 'group',
})
put('vec hat tilde widehat widetilde overrightarrow overleftrightarrow underline mathring stackrel smash', {
  as: 'group',
})
put('text textbf textit textrm textsf texttt textnormal textup textsc mbox hbox emph underset', { as: 'text' })
put('mathrm mathsf mathtt operatorname operatorname* mathnormal', { as: 'text' })
put('begin', { as: 'begin' })
put('end', { as: 'end' })
put('mathbb Bbb', { as: 'blackboard' })
putTokens('operator', {
  '*': 'cdot times ast star bullet centerdot',
  '/': 'div slash',
  '±': 'pm plusmn',
  '∓': 'mp',
  "'": 'prime',
  mod: 'bmod mod',
  pmod: 'pmod pod',
  '^': '^ textasciicircum',
})
putTokens('relation', {
  '≤': 'le leq leqslant leqq',
  '≥': 'ge geq geqslant geqq',
  '≠': 'ne neq',
  '<': 'lt',
  '>': 'gt',
  '≈': 'approx approxeq thickapprox doteq simeq',
  '∈': 'in isin',
  '≡': 'equiv',
})
putTokens('bracket', {
  '\\{': '{ lbrace',
  '\\}': '} rbrace',
  '[': 'lbrack',
  ']': 'rbrack',
  '⟨': 'langle',
  '⟩': 'rangle',
  '⌊': 'lfloor',
  '⌋': 'rfloor',
  '⌈': 'lceil',
  '⌉': 'rceil',
  '(': 'lparen',
  ')': 'rparen',
  '|(': 'lvert lVert',
  '|)': 'rvert rVert',
})
// The signs of statements that are compared as texts; one spelling of each.
putTokens('other', {
  '->': 'to rightarrow longrightarrow',
  '\\Rightarrow': 'Rightarrow Longrightarrow implies',
  '\\iff': 'iff Leftrightarrow Longleftrightarrow',
  '\\leftrightarrow': 'leftrightarrow longleftrightarrow',
  '\\neg': 'neg lnot',
})
putTokens('separator', { or: 'lor vee', and: 'land wedge' })
putTokens('bar', { '|': 'mid vert middle | Vert' })
putTokens('colon', { ':': 'colon' })
putTokens('percent', { '%': '%' })
putTokens('degree', { '°': 'circ degree degrees textdegree' })
putTokens('money', { $: '$ textdollar', '£': 'pounds textsterling', '€': 'euro texteuro', '¥': 'yen textyen' })
putTokens('command', {
  frac: 'frac dfrac tfrac cfrac nicefrac sfrac',
  sqrt: 'sqrt',
  surd: 'surd',
  binom: 'binom dbinom tbinom',
  choose: 'choose',
  over: 'over',
  overline: 'overline bar',
  dot: 'dot ddot check breve',
  sum: 'sum',
  prod: 'prod',
})
putTokens('row', { '\\': '\\ cr' })
putTokens('cell', { '&': '&' })
// The sign of a transposed matrix.
putTokens('word', { T: 'top intercal' })
putTokens('stop', { '.': 'ldotp' })
putTokens('dots', { '...': 'ldots dots cdots dotsc dotsb' })
putTokens('set', {
  empty: 'emptyset varnothing O',
  reals: 'R reals Reals',
  integers: 'Z',
  naturals: 'N',
  rationals: 'Q',
  complex: 'C',
})
putTokens('set-operator', { union: 'cup bigcup', intersection: 'cap bigcap', difference: 'setminus backslash' })
putTokens('constant', { pi: 'pi uppi', infinity: 'infty infin' })

const functionNames =
  'sin cos tan cot sec csc arcsin arccos arctan arccot arcsec arccsc sinh cosh tanh coth ' +
  'ln log lg exp gcd lcm min max arg Re Im sgn cis'
for (const name of functionNames.split(' ')) put(name, { as: 'token', kind: 'function', text: name })

const greek =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi omega ' +
  'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ell hbar imath jmath'
for (const name of greek.split(' ')) put(name, { as: 'token', kind: 'name', text: name })
putTokens('name', { epsilon: 'varepsilon', theta: 'vartheta', phi: 'varphi', rho: 'varrho', sigma: 'varsigma' })

/** The letters of the Greek alphabet by name, which plain text spells out; without those that are English words. */
export const greekNames: ReadonlySet<string> = new Set(
  greek.split(' ').filter((name) => !['ell', 'hbar', 'imath', 'jmath'].includes(name)),
)

/** What a command means, by its name without the backslash. */
export const commandMeanings: ReadonlyMap<string, Meaning> = table

/** The letters of `\mathbb`. */
export const blackboardSets: ReadonlyMap<string, string> = new Map([
  ['R', 'reals'],
  ['Z', 'integers'],
  ['N', 'naturals'],
  ['Q', 'rationals'],
  ['C', 'complex'],
  ['P', 'primes'],
])
