// Remarks behind a complete answer: "(as required)", "since n > 0", ", where x is the number of apples". They say why or
// what, and change no value. Conditions ("if n is even", "for x > 0", "or more", `k \in \mathbb{Z}`) do and are kept.

const opening = String.raw`(?:[\s,;~]|\\[,;:! ]|\\q?quad\b|\\(?:text|mbox|textrm|mathrm)\s?\{\s?)`
const excuse = String.raw`(?:since|because)(?=\s)`
const clause = String.raw`(?:which|as|by|from|using|where|given that|note that|so that|for (?:all|every|any|each))(?=\s)`
const label = String.raw`(?:verified|checked|rounded|final|answer|ans\b|to the nearest|(?:as )?(?:required|requested|desired|wanted|needed|expected|claimed|shown|asked)|proved|qed)`
const alone = new RegExp(
  `${opening}{1,8}(?:(${excuse})|${clause}|as (?:required|requested|desired|wanted|needed|expected|claimed|shown|asked))`,
  'i',
)
const bracketed = new RegExp(
  String.raw`${opening}{0,8}[(\[]\s?(?:\\text\s?\{\s?)?(?:(${excuse}|${label})|${clause})`,
  'i',
)
/** What a clause may not hold if it is to be dropped: it would narrow or change the answer. */
const condition =
  /[=<>≤≥≠∈→]|\\(?:n?eq|ne|leq?|geq?|lt|gt|in|to|rightarrow|mathbb|setminus|infty)\b|\b(?:or|not|if|unless|otherwise|approaches|tends|goes|integer|mod|positive|negative|nonzero)\b/i

/** The answer without the remark that ends it; the same text when it has none. */
export function withoutRemark(text: string): string {
  if (text.length > 2_000) return text
  for (const [pattern, closes] of [
    [bracketed, true],
    [alone, false],
  ] as const) {
    const found = pattern.exec(text)
    if (found === null || found.index === 0) continue
    const rest = text.slice(found.index)
    if (closes && !/[)\]][\s}.$]{0,6}$/.test(rest)) continue
    // Reasons repeat what is known and may hold any relation.
    if (found[1] === undefined && condition.test(rest.replace(/\\in\s?\\mathbb\s?\{?R\}?/g, ''))) continue
    return text.slice(0, found.index).replace(/[\s,;]+$/, '')
  }
  return text
}
