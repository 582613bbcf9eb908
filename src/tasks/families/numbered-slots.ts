// Slots of families whose numbers stand in a list: slot `n0` is the first number. It knows no family.
import { GradusError } from '../../base/error.ts'
import type { Slot } from '../family/family.ts'

/** A slot for each of `count` numbers, all with the same range. */
export function numberedSlots(count: number, range: readonly [number, number]): readonly Slot[] {
  return Array.from({ length: count }, (_, i) => ({ name: `n${i}`, range }))
}

/**
 * The list with `value` in the slot.
 *
 * @throws `data/bad-slot` when the list has no such slot or the value is not an integer.
 */
export function fillNumber(numbers: readonly number[], slot: string, value: number): readonly number[] {
  const at = numbers.findIndex((_, i) => slot === `n${i}`)
  if (at < 0 || !Number.isSafeInteger(value)) throw badSlot(slot, value)
  return numbers.with(at, value)
}

/** The error for a slot that an instance does not have, or a value that the slot does not take. */
export function badSlot(slot: string, value: number): GradusError {
  return new GradusError('data/bad-slot', `There is no slot "${slot}" that takes ${value}.`, {
    hint: 'Ask `slots` for the names and ranges of this instance.',
  })
}
