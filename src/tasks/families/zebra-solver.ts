// Elimination for zebra puzzles: for each letter the houses it can still be in, as a mask (bit h is house h + 1).
// A clue, or the other letters of its kind, takes houses away; every narrowing is a step.

/** Letters A, B, C ... fill the kinds in order. Clues are three characters: letter, relation, letter or house. */
export type ZebraInstance = { readonly houses: number; readonly kinds: number; readonly clues: readonly string[] }

const names = [...'ABCDEFGHIJKLMNOPQRSTUVWXY']

/** The letters of all kinds. */
export function lettersOf({ houses, kinds }: Pick<ZebraInstance, 'houses' | 'kinds'>): readonly string[] {
  return names.slice(0, houses * kinds)
}

/** Whether the relation holds between something in house `a` and something in house `b`. */
export function relationHolds(relation: string, a: number, b: number): boolean {
  switch (relation) {
    case '=':
      return a === b
    case '!':
      return a !== b
    case '<':
      return a < b
    case '+':
      return a + 1 === b
    default:
      return Math.abs(a - b) === 1
  }
}

/** The steps of elimination, and each letter's house when that settles all. */
export function eliminate(instance: ZebraInstance): {
  readonly steps: readonly string[]
  readonly homes?: readonly number[]
} {
  const letters = lettersOf(instance)
  const masks = letters.map(() => 2 ** instance.houses - 1)
  const steps: string[] = []
  const narrow = (reason: string, at: number): boolean => {
    const mask = allowed(instance, reason, at, masks)
    if (mask === masks[at] || mask === 0) return false
    masks[at] = mask
    steps.push(`${reason}:${letters[at]}=${housesIn(mask)}`)
    return true
  }
  for (let changed = true; changed; ) {
    changed = false
    for (const clue of instance.clues) {
      for (const name of [clue[0], clue[2]]) {
        const at = names.indexOf(name)
        if (at >= 0 && narrow(clue, at)) changed = true
      }
    }
    for (let at = 0; at < letters.length; at++) if (narrow('*', at)) changed = true
  }
  const isSettled = masks.every((mask) => (mask & (mask - 1)) === 0)
  return isSettled ? { steps, homes: masks.map((mask) => 31 - Math.clz32(mask)) } : { steps }
}

/** 1 for a step that follows by its reason from the steps before it and narrows; others score 0 and change nothing. */
export function zebraStepScores(instance: ZebraInstance, steps: readonly string[]): number[] {
  const letters = lettersOf(instance)
  const masks = letters.map(() => 2 ** instance.houses - 1)
  const reasons = new Set([...instance.clues, '*'])
  return steps.map((step) => {
    const match = /^([A-Y][=!<+~][A-Y1-5]|\*):([A-Y])=([1-5]{1,5})$/.exec(step)
    const at = match === null ? -1 : letters.indexOf(match[2])
    if (match === null || at < 0 || !reasons.has(match[1])) return 0
    const said = [...match[3]].reduce((mask, house) => mask | (1 << (Number(house) - 1)), 0)
    const isNarrower = said !== masks[at] && (said & ~masks[at]) === 0
    const mask = allowed(instance, match[1], at, masks)
    if (!isNarrower || housesIn(said) !== match[3] || (mask & ~said) !== 0) return 0
    masks[at] = said
    return 1
  })
}

/** The houses that the reason leaves for a letter; a clue about other letters leaves all. */
function allowed({ houses }: ZebraInstance, reason: string, at: number, masks: readonly number[]): number {
  return reason === '*' ? byKind(houses, at, masks) : byClue(houses, reason, at, masks)
}

/** Houses that no other of the kind must have; or the one house that no other of the kind can have. */
function byKind(houses: number, at: number, masks: readonly number[]): number {
  const first = at - (at % houses)
  let taken = 0
  let possible = 0
  for (let other = first; other < first + houses; other++) {
    if (other === at) continue
    const mask = masks[other]
    if ((mask & (mask - 1)) === 0) taken |= mask
    possible |= mask
  }
  const only = masks[at] & ~possible
  return only === 0 ? masks[at] & ~taken : only
}

function byClue(houses: number, clue: string, at: number, masks: readonly number[]): number {
  const [left, right] = [names.indexOf(clue[0]), names.indexOf(clue[2])]
  if (at !== left && at !== right) return masks[at]
  const other = at === left ? (right < 0 ? 1 << (Number(clue[2]) - 1) : masks[right]) : masks[left]
  let mask = 0
  for (let house = 0; house < houses; house++) {
    if ((masks[at] & (1 << house)) === 0) continue
    for (let there = 0; there < houses; there++) {
      if ((other & (1 << there)) === 0) continue
      if (relationHolds(clue[1], at === left ? house : there, at === left ? there : house)) mask |= 1 << house
    }
  }
  return mask
}

function housesIn(mask: number): string {
  let text = ''
  for (let house = 0; house < 5; house++) if ((mask & (1 << house)) !== 0) text += house + 1
  return text
}
