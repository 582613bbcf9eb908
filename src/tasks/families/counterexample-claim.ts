// The claims of `counterexample`: conditions on a number, joined by `&` and `|`, and the counting of their witnesses.
// It draws no problems and reads no answers.
import type { Rng } from '../../base/rng.ts'

/** `n%m=r`, `n*n%m=r` (of `square`), `n<k` or `n>k`, perhaps not. */
export type Atom =
  | { readonly kind: 'mod'; readonly square: boolean; readonly m: number; readonly r: number; readonly not: boolean }
  | { readonly kind: 'less' | 'more'; readonly k: number; readonly not: boolean }

/** Any of these lists of atoms, all of which hold. */
export type Condition = readonly (readonly Atom[])[]

/** For all n from 1 to `most`: if `given` holds, `claimed` holds. */
export type Claim = { readonly most: number; readonly given: Condition; readonly claimed: Condition }

function atomHolds(atom: Atom, n: number): boolean {
  const bare =
    atom.kind === 'mod' ? (atom.square ? n * n : n) % atom.m === atom.r : atom.kind === 'less' ? n < atom.k : n > atom.k
  return bare !== atom.not
}

/** Whether the condition holds for `n`. */
export function holds(condition: Condition, n: number): boolean {
  return condition.some((all) => all.every((atom) => atomHolds(atom, n)))
}

function atomText(atom: Atom): string {
  const not = atom.not ? '~' : ''
  if (atom.kind === 'mod') return `${not}${atom.square ? 'n*n' : 'n'}%${atom.m}=${atom.r}`
  return `${not}n${atom.kind === 'less' ? '<' : '>'}${atom.k}`
}

/** `n%3=1&n>4|~n<9`. */
export function conditionText(condition: Condition): string {
  return condition.map((all) => all.map(atomText).join('&')).join('|')
}

/** Equal for claims that differ in the order of their parts. */
export function claimContent({ most, given, claimed }: Claim): string {
  const sorted = (condition: Condition): string =>
    condition
      .map((all) => all.map(atomText).sort().join('&'))
      .sort()
      .join('|')
  return `${most}:${sorted(given)}:${sorted(claimed)}`
}

/** Numbers for which `given` holds, in order. */
export function candidates({ most, given }: Claim): readonly number[] {
  const found: number[] = []
  for (let n = 1; n <= most; n++) if (holds(given, n)) found.push(n)
  return found
}

function drawAtom(most: number, hasSquares: boolean, rng: Rng): Atom {
  const not = rng.int(5) === 0
  if (rng.int(3) === 0) return { kind: rng.pick(['less', 'more']), k: 2 + rng.int(most - 2), not }
  const m = 2 + rng.int(8)
  const square = hasSquares && rng.int(4) === 0
  // A remainder that some square has, or the atom would hold nowhere.
  const r = square ? rng.int(m) ** 2 % m : rng.int(m)
  return { kind: 'mod', square, m, r, not }
}

/** A condition of so many atoms, each new one joined by `&` or `|`. */
export function drawCondition(atoms: number, most: number, hasSquares: boolean, rng: Rng): Condition {
  const condition: Atom[][] = [[drawAtom(most, hasSquares, rng)]]
  for (let i = 1; i < atoms; i++) {
    const atom = drawAtom(most, hasSquares, rng)
    if (rng.int(2) === 0) condition[condition.length - 1].push(atom)
    else condition.push([atom])
  }
  return condition
}
