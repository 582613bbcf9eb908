// Small zebra puzzles: who lives where, from clues. Clues are true of a hidden street and enough to settle it by
// elimination, one clue at a time; whether elimination is enough is asked of each draw, which also makes it unique.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Family, Judgement, Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'
import type { ZebraInstance } from './zebra-solver.ts'
import { eliminate, lettersOf, relationHolds, zebraStepScores } from './zebra-solver.ts'

interface ZebraKnobs {
  readonly houses: number
  readonly kinds: number
  readonly clues: number
  /** The first so many of `=!<+~` occur. */
  readonly relations: number
}

const ladder = [
  { houses: 3, kinds: 2, clues: 5, relations: 2 },
  { houses: 3, kinds: 3, clues: 8, relations: 3 },
  { houses: 4, kinds: 3, clues: 12, relations: 4 },
  { houses: 4, kinds: 4, clues: 17, relations: 5 },
  { houses: 5, kinds: 4, clues: 26, relations: 5 },
] as const satisfies readonly ZebraKnobs[]

const relations = [...'=!<+~']

function draw({ houses, kinds, clues: wanted, relations: used }: ZebraKnobs, rng: Rng): ZebraInstance {
  const letters = lettersOf({ houses, kinds })
  const homes = Array.from({ length: kinds }, () =>
    rng.shuffle(Array.from({ length: houses }, (_, house) => house)),
  ).flat()
  const clues = new Set<string>()
  // Small puzzles may have fewer true clues than are asked for.
  for (let tries = 0; clues.size < wanted && tries < 60 * wanted; tries++) {
    const relation = relations[rng.int(used)]
    const a = rng.int(letters.length)
    const isHouse = (relation === '=' || relation === '!') && rng.int(3) === 0
    const b = isHouse ? -1 : rng.int(letters.length)
    if (b === a) continue
    const house = isHouse ? (relation === '=' ? homes[a] : rng.int(houses)) : homes[b]
    // That two of a kind do not share a house says nothing.
    const isEmpty = !isHouse && relation === '!' && Math.floor(a / houses) === Math.floor(b / houses)
    if (isEmpty || !relationHolds(relation, homes[a], house)) continue
    const isSwapped = !isHouse && '=!~'.includes(relation) && b < a
    clues.add(
      isSwapped ? letters[b] + relation + letters[a] : letters[a] + relation + (isHouse ? house + 1 : letters[b]),
    )
  }
  return { houses, kinds, clues: [...clues] }
}

function prompt({ clues, ...shape }: ZebraInstance): string {
  const letters = lettersOf(shape)
  const kinds = Array.from({ length: shape.kinds }, (_, k) => letters.slice(k * shape.houses, (k + 1) * shape.houses))
  return `${kinds.map((kind) => kind.join('')).join('/')}:${clues.join(',')}?`
}

function solve(instance: ZebraInstance): Solution {
  const { steps, homes } = eliminate(instance)
  return { steps, answer: showStreet(instance, homes ?? []) }
}

/** For each kind, its letters in the order of the houses. */
function showStreet({ houses, kinds }: ZebraInstance, homes: readonly number[]): string {
  const letters = lettersOf({ houses, kinds })
  const rows = Array.from({ length: kinds }, (_, kind) => {
    const row: string[] = []
    for (let i = kind * houses; i < (kind + 1) * houses; i++) row[homes[i]] = letters[i]
    return row.join('')
  })
  return rows.join('/')
}

function judge(instance: ZebraInstance, answer: string): Judgement {
  const { houses, kinds, clues } = instance
  const letters = lettersOf(instance)
  const rows = answer.length === kinds * (houses + 1) - 1 ? answer.split('/') : []
  const homes = letters.map((letter, i) => rows[Math.floor(i / houses)]?.indexOf(letter) ?? -1)
  if (rows.length !== kinds || rows.some((row) => row.length !== houses) || homes.includes(-1)) {
    return `${quote(answer)} is not ${kinds} kinds of ${houses} letters each`
  }
  const broken = clues.find((clue) => {
    const other = letters.indexOf(clue[2])
    return !relationHolds(clue[1], homes[letters.indexOf(clue[0])], other < 0 ? Number(clue[2]) - 1 : homes[other])
  })
  return broken === undefined || `the clue ${broken} does not hold`
}

/** Two of a kind have changed houses. */
function wrongAnswer(instance: ZebraInstance, rng: Rng): string {
  const rows = solve(instance).answer.split('/')
  const at = rng.int(rows.length)
  const [i, j] = rng.shuffle([...rows[at]].map((_, house) => house))
  const row = [...rows[at]].with(i, rows[at][j]).with(j, rows[at][i])
  return rows.with(at, row.join('')).join('/')
}

/** Zebra puzzles. */
export const zebraMini = taskOf<ZebraInstance, ZebraKnobs>({
  id: 'zebra-mini',
  summary: 'Place people and things in houses by clues, e.g. `ABC/DEF:A=2,B<C,D=B,E!3?` has the answer BAC/DEF.',
  rules:
    'Houses 1 to n stand in a row from left to right. The prompt is kinds joined by `/`, each n letters; a `:`; clues ' +
    'joined by `,`; and `?`. Every house has exactly one letter of each kind. `A=2` says that A is in house 2, `A=D` ' +
    'that A and D are in the same house, `A!2` and `A!D` that they are not; `A<D` that A is somewhere to the left of ' +
    'D, `A+D` that D is in the next house to the right of A, `A~D` that A and D are in neighbouring houses, either ' +
    'way round. Exactly one arrangement fits all clues. The answer is, for each kind in the order of the prompt, its ' +
    'letters from house 1 to house n; kinds joined by `/`. Steps: `A<D:A=12` says that by the clue A<D and what is ' +
    'known A can only be in house 1 or 2; `*:A=1` that this follows for A from the houses that the others of its kind ' +
    'can be in.',
  tags: ['logic', 'deduction', 'constraints'],
  knobs: z.object({
    houses: z.int().min(2).max(5).optional().describe('Houses.'),
    kinds: z.int().min(1).max(5).optional().describe('Kinds of things.'),
    clues: z.int().min(1).max(50).optional().describe('Clues at most.'),
    relations: z.int().min(1).max(5).optional().describe('How many of the relations = ! < + ~ occur.'),
  }),
  ladder,
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXY12345/:,?=!<+~*;#',
  draw,
  accept: (instance) => eliminate(instance).homes !== undefined,
  content: ({ houses, kinds, clues }) => `${houses}x${kinds}:${[...clues].sort().join(',')}`,
  prompt,
  solve,
  judge,
  wrongAnswer,
  stepScores: zebraStepScores,
  chance: (level) => {
    const { houses, kinds } = ladder[level - 1]
    const orders = Array.from({ length: houses }, (_, i) => i + 1).reduce((product, i) => product * i, 1)
    return orders ** -kinds
  },
} satisfies Family<ZebraInstance, ZebraKnobs>)
