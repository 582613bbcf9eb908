// Cuts an optimiser batch into micro-batches: examples sorted by length (so that padding is small), packed up to a budget
// of padded tokens, in the cheaper of the two layouts. Plain arithmetic on lengths; no tensors, no numbers of the model.

import { GradusError } from '../base/error.ts'
import type { Datum } from '../contracts/index.ts'
import type { Layout } from './training-graph.ts'

/** A sequence with its place in the caller's batch. */
export interface PlacedSequence {
  readonly datum: Datum
  /** Index over all sequences of all examples of the batch. */
  readonly index: number
  /** Index of its example in the batch. */
  readonly example: number
}

/** Sequences that go through the model together. */
export interface MicroBatch {
  readonly layout: Layout
  /** Rows of one sequence each, or of the sequences of one group each. */
  readonly rows: readonly (readonly PlacedSequence[])[]
}

/** Weight gradients are faster where the sequences of a row layout, or of each group, are a multiple of this. */
const MULTIPLE = 4

/** What is known to divide the number of sequences (`rows`) or the size of the largest group (`groups`): 4 or 1. */
export function divisorOf({ layout, rows }: MicroBatch): number {
  const count = layout === 'rows' ? rows.length : rows.reduce((most, row) => Math.max(most, row.length), 0)
  return count % MULTIPLE === 0 ? MULTIPLE : 1
}

/** Completion tokens of a sequence. */
export const completionLength = (datum: Datum): number => datum.ids.length - datum.promptLength

/** Throws `train/bad-datum` for a sequence that cannot be trained on. */
export function checkDatum(datum: Datum, contextLimit: number): void {
  const fail = (why: string, hint: string): never => {
    throw new GradusError('train/bad-datum', why, { hint })
  }
  if (datum.promptLength < 1) fail('a sequence has no prompt token', 'Begin it with the beginning-of-sequence token.')
  if (completionLength(datum) < 1)
    fail('a sequence has no completion token', 'Leave empty completions out of the batch.')
  if (datum.ids.length > contextLimit)
    fail(`a sequence of ${datum.ids.length} tokens exceeds the model's ${contextLimit} positions`, 'Shorten it.')
}

/** Micro-batches of at most `budgetTokens` padded tokens each (one row is always allowed), in a fixed order. */
export function planMicroBatches(examples: readonly (readonly PlacedSequence[])[], budgetTokens: number): MicroBatch[] {
  if (examples.length === 0) return []
  const rows = pack(
    examples.map((sequences) => ({ rows: sequences.map((s) => [s]), length: longest(sequences, totalLength) })),
    'rows',
    budgetTokens,
    (units, length) => length * units.reduce((sum, { rows }) => sum + rows.length, 0),
  )
  const groups = groupRows(examples)
  if (!groups) return rows
  const shared = pack(
    groups.map((sequences) => ({ rows: [sequences], length: longest(sequences, completionLength) })),
    'groups',
    budgetTokens,
    // Groups are padded to the largest one, and prompts to the longest.
    (units, length) => {
      const group = Math.max(...units.map(({ rows: [row] }) => row.length))
      const prompt = Math.max(...units.map(({ rows: [[first]] }) => first.datum.promptLength - 1))
      return units.length * (group * length + prompt)
    },
  )
  return paddedTokens(shared) < paddedTokens(rows) ? shared : rows
}

/** Longest stream of one group's samples, in tokens (see `MIN_ROPE_ROWS`), with room for padding to a longer group's. */
const MAX_STREAM = 4096

interface Unit {
  readonly rows: readonly (readonly PlacedSequence[])[]
  readonly length: number
}

const totalLength = (datum: Datum): number => datum.ids.length - 1

const longest = (sequences: readonly PlacedSequence[], length: (datum: Datum) => number): number =>
  sequences.reduce((most, { datum }) => Math.max(most, length(datum)), 0)

/** Groups of single-sequence examples with one prompt of at least two tokens, or undefined when there are none to share. */
function groupRows(examples: readonly (readonly PlacedSequence[])[]): PlacedSequence[][] | undefined {
  const groups = new Map<number, PlacedSequence[]>()
  for (const sequences of examples) {
    const [first] = sequences
    const { group, promptLength } = first.datum
    if (sequences.length !== 1 || group === undefined || promptLength < 2) return undefined
    const members = groups.get(group)
    if (!members) groups.set(group, [first])
    else if (samePrompt(members[0].datum, first.datum)) members.push(first)
    else return undefined
  }
  const fits = (group: PlacedSequence[]): boolean => group.length * longest(group, completionLength) <= MAX_STREAM
  return groups.size < examples.length && [...groups.values()].every(fits) ? [...groups.values()] : undefined
}

function samePrompt(a: Datum, b: Datum): boolean {
  if (a.promptLength !== b.promptLength) return false
  for (let i = 0; i < a.promptLength; i++) if (a.ids[i] !== b.ids[i]) return false
  return true
}

function pack(
  units: readonly Unit[],
  layout: Layout,
  budget: number,
  cost: (units: readonly Unit[], length: number) => number,
): MicroBatch[] {
  const sorted = units
    .map((unit, order) => ({ unit, order }))
    .sort((a, b) => a.unit.length - b.unit.length || a.order - b.order)
  const batches: MicroBatch[] = []
  let open: Unit[] = []
  for (const { unit } of sorted) {
    // Sorted by length, so the newest unit sets the padded length of all.
    while (open.length > 0 && cost([...open, unit], unit.length) > budget) {
      const taken = evenly(open, layout)
      batches.push({ layout, rows: open.slice(0, taken).flatMap((u) => u.rows) })
      open = open.slice(taken)
    }
    open.push(unit)
  }
  if (open.length > 0) batches.push({ layout, rows: open.flatMap((u) => u.rows) })
  return batches
}

/** How many units to take now, so that rows are a multiple of {@link MULTIPLE} where that is possible. */
function evenly(units: readonly Unit[], layout: Layout): number {
  if (layout === 'groups') return units.length
  let rows = 0
  let best = units.length
  units.forEach((unit, i) => {
    rows += unit.rows.length
    if (rows % MULTIPLE === 0) best = i + 1
  })
  return best
}

/** Tokens that a plan pushes through the model, padding included. */
export function paddedTokens(batches: readonly MicroBatch[]): number {
  let tokens = 0
  for (const { layout, rows } of batches) {
    const all = rows.flat()
    if (layout === 'rows') tokens += rows.length * longest(all, totalLength)
    else {
      const group = rows.reduce((most, row) => Math.max(most, row.length), 0)
      const prompt = all.reduce((most, { datum }) => Math.max(most, datum.promptLength - 1), 0)
      tokens += rows.length * (group * longest(all, completionLength) + prompt)
    }
  }
  return tokens
}
