// A datum of the protocol, checked and put into the engine's form. Nothing is shifted: target t is what the model should
// say after input t, and targets may be any tokens, not just the inputs moved by one. What does not fit is the client's
// mistake and named as such, with the datum's index, before anything is computed.
import type { Datum, Field } from '../../contracts/index.ts'
import type { WireDatum, WireTensor } from '../../engine/remote/tinker/wire/index.ts'
import type { ServedLoss } from './losses.ts'
import { userError } from './refusal.ts'

/** A checked datum. */
export interface Sequence {
  /** Its `ids` end with the last target; the other targets are in `targets`. */
  readonly datum: Datum
  /** [T] */
  readonly targets: Int32Array
}

/** What the model can take. */
export interface Bounds {
  readonly vocabSize: number
  readonly contextLimit: number
}

/** Checks one datum for one loss. `settings` are the request's `loss_fn_config`. @throws a refusal of kind user */
export function toSequence(
  datum: WireDatum,
  index: number,
  served: ServedLoss,
  settings: Readonly<Record<string, number>>,
  bounds: Bounds,
): Sequence {
  const { tokens, inputs } = datum
  const at = `data[${index}]`
  const length = tokens.length
  if (length === 0) throw userError(`${at}: model_input has no tokens`)
  if (length > bounds.contextLimit)
    throw userError(`${at}: model_input has ${length} tokens, and the model takes ${bounds.contextLimit}`)
  checkIds(tokens, bounds.vocabSize, `${at}.model_input`)
  const targets = targetsOf(inputs.target_tokens, length, bounds.vocabSize, at)
  checkNames(inputs, served, at)
  const fields: Record<string, Field> = {}
  for (const name of served.loss.fields) {
    const tensor = inputs[name]
    const standIn = settings[name] ?? served.defaults[name]
    if (tensor) fields[name] = { data: numbersOf(tensor, length, `${at}.loss_fn_inputs.${name}`), shape: [length] }
    else if (standIn !== undefined) fields[name] = { data: new Float32Array(length).fill(standIn), shape: [length] }
    else throw userError(`${at}: ${served.loss.id} needs loss_fn_inputs.${name}`)
  }
  const ids = new Int32Array(length + 1)
  ids.set(tokens)
  ids[length] = targets[length - 1]
  return { datum: { ids, promptLength: 1, fields }, targets }
}

/** Checks the settings of a loss. @throws a refusal of kind user */
export function checkSettings(served: ServedLoss, settings: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!served.settings.includes(name))
      throw userError(
        `loss_fn_config.${name} is not a setting of ${served.loss.id} (it has: ${served.settings.join(', ') || 'none'})`,
      )
    if (!Number.isFinite(value)) throw userError(`loss_fn_config.${name} is ${value}`)
  }
}

/** Throws unless all ids are in the vocabulary. */
export function checkIds(ids: Int32Array, vocabSize: number, where: string): void {
  const bad = ids.findIndex((id) => id < 0 || id >= vocabSize)
  if (bad >= 0) throw userError(`${where}[${bad}] is token ${ids[bad]}; the vocabulary has 0 to ${vocabSize - 1}`)
}

function targetsOf(tensor: WireTensor | undefined, length: number, vocabSize: number, at: string): Int32Array {
  const where = `${at}.loss_fn_inputs.target_tokens`
  if (!tensor) throw userError(`${at}: loss_fn_inputs.target_tokens is missing`)
  checkShape(tensor, length, where)
  if (!(tensor.data instanceof Int32Array)) throw userError(`${where} must be of dtype int64`)
  checkIds(tensor.data, vocabSize, where)
  return tensor.data
}

function numbersOf(tensor: WireTensor, length: number, where: string): Float32Array {
  checkShape(tensor, length, where)
  const numbers = tensor.data instanceof Float32Array ? tensor.data : Float32Array.from(tensor.data)
  const bad = numbers.findIndex((x) => !Number.isFinite(x))
  if (bad >= 0) throw userError(`${where}[${bad}] is ${numbers[bad]}, not a finite number`)
  return numbers
}

function checkShape({ data, shape }: WireTensor, length: number, where: string): void {
  if (shape && shape.length > 1)
    throw userError(
      `${where} has the shape [${shape.join(', ')}]: several targets for one position (soft targets) are not supported here`,
    )
  if (data.length !== length)
    throw userError(`${where} has ${data.length} numbers for the ${length} tokens of model_input; they must be as many`)
}

function checkNames(inputs: Readonly<Record<string, WireTensor>>, { loss }: ServedLoss, at: string): void {
  const known = ['target_tokens', ...loss.fields]
  const stranger = Object.keys(inputs).find((name) => !known.includes(name))
  if (stranger !== undefined)
    throw userError(
      `${at}: ${loss.id} does not read loss_fn_inputs.${stranger.slice(0, 80)} (it reads: ${known.join(', ')})`,
    )
}
