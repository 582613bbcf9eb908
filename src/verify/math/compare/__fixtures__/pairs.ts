// Pairs of answers as texts, gold first, made by hand: equal and different as mathematics under the default options.
// Every pair must come out the same both ways round.
import { differentPairs } from './different-pairs.ts'
import { equalPairs } from './equal-pairs.ts'
import type { Pair } from './pair.ts'

export const pairs: Readonly<Record<'equal' | 'different', readonly Pair[]>> = {
  equal: equalPairs,
  different: differentPairs,
}
