// lego: follow a chain of bits through copies and negations, `c=1,f=!c,a=f. a?`, after the LEGO task (arXiv 2206.04301).
// The trace walks from the root to the variable asked for. Names are not folded in `content`: chains are too short for
// enough problems without them.
import { z } from 'zod'
import type { Rng } from '../../base/rng.ts'
import type { Solution } from '../family/family.ts'
import { taskOf } from '../family/task-of.ts'
import { quote } from '../verdict.ts'

/** `name=of` or `name=!of`; the root has no `of` and `isNot` says that it is 0. */
type Clause = { readonly name: string; readonly of: string; readonly isNot: boolean }
type Lego = { readonly clauses: readonly Clause[]; readonly query: string }
type LegoKnobs = { readonly chain: number; readonly extra: number; readonly shuffled: boolean }

const names = [...'abcdefghijklmnopqrstuvwxyz']

function draw({ chain, extra, shuffled }: LegoKnobs, rng: Rng): Lego {
  const chosen = rng.shuffle(names).slice(0, chain + extra)
  // A variable beside the chain hangs on any earlier one; the chain's own hang on the one before.
  const clauses = chosen.map((name, i): Clause => {
    const of = i === 0 ? '' : chosen[i < chain ? i - 1 : rng.int(i)]
    return { name, of, isNot: rng.int(2) === 1 }
  })
  return { clauses: shuffled ? rng.shuffle(clauses) : clauses, query: chosen[chain - 1] }
}

function clauseText({ name, of, isNot }: Clause): string {
  return of === '' ? `${name}=${isNot ? 0 : 1}` : `${name}=${isNot ? '!' : ''}${of}`
}

const body = (clauses: readonly Clause[]): string => clauses.map(clauseText).join(',')

/** The clauses from the root to the query. */
function pathOf({ clauses, query }: Lego): readonly Clause[] {
  const byName = new Map(clauses.map((clause) => [clause.name, clause]))
  const path: Clause[] = []
  for (let at = byName.get(query); at !== undefined; at = byName.get(at.of)) path.push(at)
  return path.reverse()
}

/** Walks the path; the value of the clause at `slip` comes out wrong and is carried on. */
function walk(path: readonly Clause[], slip?: number): Solution {
  let value = 1
  const steps = path.map((clause, i) => {
    value = (clause.of === '' ? 1 : value) ^ (clause.isNot ? 1 : 0) ^ (i === slip ? 1 : 0)
    return clause.of === '' ? `${clause.name}=${value}` : `${clauseText(clause)}=${value}`
  })
  return { steps, answer: `${value}` }
}

const solve = (instance: Lego): Solution => walk(pathOf(instance))

/** Every step that could rightly be written after these: clauses with their values, going on from what was written. */
function stepScores(instance: Lego, steps: readonly string[]): number[] {
  const byName = new Map(instance.clauses.map((clause) => [clause.name, clause]))
  const written = new Map<string, number>()
  return steps.map((step) => {
    const clause = byName.get(step[0] ?? '')
    if (clause === undefined) return 0
    if (clause.of !== '' && !written.has(clause.of)) return 0
    const value = (clause.of === '' ? 1 : (written.get(clause.of) ?? 0)) ^ (clause.isNot ? 1 : 0)
    const said = step.at(-1) === '1' ? 1 : 0
    written.set(clause.name, said)
    return step === (clause.of === '' ? `${clause.name}=${value}` : `${clauseText(clause)}=${value}`) ? 1 : 0
  })
}

/** Bits handed along a chain or a tree of variables. */
export const lego = taskOf<Lego, LegoKnobs>({
  id: 'lego',
  summary: 'Follow a bit through copies and negations: `c=1,f=!c,a=f. a?`.',
  rules: [
    'The prompt lists clauses split by commas, then a full stop, a space, the name of a variable and ?.',
    'Names are single small letters. `c=1` or `c=0` sets c; `f=c` copies c; `f=!c` is the other bit.',
    'Each variable has one clause; one has a bit of its own; clauses may stand in any order. Right is the bit asked for: 0 or 1.',
    'Steps walk from the bit to the variable asked for: `c=1;f=!c=0;a=f=0;#0`.',
  ].join(' '),
  tags: ['deduction', 'state-tracking'],
  knobs: z.object({
    chain: z.int().min(2).max(14).optional().describe('Variables from the first bit to the one asked for.'),
    extra: z.int().min(0).max(12).optional().describe('Variables beside the chain, hung on any variable.'),
    shuffled: z.boolean().optional().describe('Whether the clauses stand in any order.'),
  }),
  ladder: [
    { chain: 3, extra: 0, shuffled: false },
    { chain: 4, extra: 0, shuffled: true },
    { chain: 6, extra: 2, shuffled: true },
    { chain: 9, extra: 3, shuffled: true },
    { chain: 12, extra: 6, shuffled: true },
  ],
  alphabet: 'abcdefghijklmnopqrstuvwxyz01=!,.? ;#',
  draw,
  content: ({ clauses, query }) => `${clauses.map(clauseText).sort().join(',')}. ${query}`,
  prompt: ({ clauses, query }) => `${body(clauses)}. ${query}?`,
  solve,
  judge(instance, answer) {
    const right = solve(instance).answer
    return answer === right || `${quote(answer)} is not ${right}`
  },
  wrongAnswer: (instance) => (solve(instance).answer === '1' ? '0' : '1'),
  wrongSolution(instance, rng) {
    const path = pathOf(instance)
    return walk(path, rng.int(path.length))
  },
  stepScores,
  chance: () => 0.5,
  invert(instance) {
    const [root] = pathOf(instance)
    const others = instance.clauses.filter(({ of }) => of !== '')
    const given = `${instance.query}=${solve(instance).answer}`
    return { prompt: `${body(others)},${given}. ${root.name}?`, answer: root.isNot ? '0' : '1' }
  },
  perturb(instance, rng) {
    const changed = rng.pick(pathOf(instance)).name
    const clauses = instance.clauses.map((clause) =>
      clause.name === changed ? { ...clause, isNot: !clause.isNot } : clause,
    )
    return { ...instance, clauses }
  },
  unanswerable(instance, rng) {
    const missing = rng.pick(pathOf(instance)).name
    return `${body(instance.clauses.filter(({ name }) => name !== missing))}. ${instance.query}?`
  },
})
