// Reads an answer to a knights-and-knaves puzzle as Logic-RL does: each person needs `NAME is a knight` or `NAME is a
// knave`, and the number of role words must equal the number of people, so that listing both roles earns nothing.
// Differs from that code: a name must stand as a word of its own, so `Joann is a knight` says nothing of Ann.

/** What a person is. */
export type Role = 'knight' | 'knave'

/** The roles by name, or in `fault` why the answer cannot be read. */
export type RolesReading = { readonly roles: Readonly<Record<string, Role>> } | { readonly fault: string }

/** Longest answer that is read, in characters. */
export const maxRolesText = 32_768

const isWordCharacter = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character)

/** Reads who is what. Case is ignored; each name is searched once through the text. */
export function readRoles(text: string, names: readonly string[]): RolesReading {
  if (text.length > maxRolesText) return { fault: `longer than ${maxRolesText} characters` }
  const lower = text.toLowerCase()
  const count = lower.match(/\b(?:knight|knave)\b/g)?.length ?? 0
  if (count !== names.length) return { fault: `it has ${count} role words for ${names.length} people` }
  const roles: [string, Role][] = []
  for (const name of names) {
    const role = roleOf(lower, name.toLowerCase())
    if (role === undefined) return { fault: `it does not say what ${JSON.stringify(name)} is` }
    roles.push([name, role])
  }
  // A prototype-free record, so that no name can reach what is not an entry.
  return { roles: Object.assign(Object.create(null), Object.fromEntries(roles)) }
}

function roleOf(lower: string, name: string): Role | undefined {
  if (name === '') return undefined
  for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
    if (isWordCharacter(lower[at - 1])) continue
    const claim = / is a (knight|knave)(?![a-z0-9_])/y
    claim.lastIndex = at + name.length
    const found = claim.exec(lower)
    if (found !== null) return found[1] as Role
  }
  return undefined
}

/** An answer against the true roles, as {@link readRoles} reads it. */
export function judgeRoles(text: string, truth: Readonly<Record<string, Role>>): 'right' | 'wrong' | 'unparsable' {
  const names = Object.keys(truth)
  const reading = readRoles(text, names)
  if ('fault' in reading) return 'unparsable'
  return names.every((name) => reading.roles[name] === truth[name]) ? 'right' : 'wrong'
}
