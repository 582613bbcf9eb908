// What tokens can be coloured by. Ranges are fixed, so that a colour means the same in every rollout; what lies outside
// has the colour of the end, and its number is in the popover.
import { formatNumber } from '../../lib/format.ts'
import { blueScale, type ColourScale, divergingScale, purpleScale } from './colour-scale.ts'

/** The names of the measures, as in the address. */
export const measureNames = ['logprob', 'entropy', 'advantage', 'ratio'] as const
export type MeasureName = (typeof measureNames)[number]

/** A token with what is known of it. */
export interface ShownToken {
  readonly text: string
  readonly id: number
  readonly logprob: number | null
  readonly entropy: number | null
  readonly advantage: number | null
  readonly ratio: number | null
  /** The likeliest tokens in its place, likeliest first. */
  readonly top?: readonly { readonly text: string; readonly logprob: number }[]
}

/** A quantity of tokens and its colours. */
export interface Measure {
  readonly label: string
  /** What it is and what strong colours mean. */
  readonly about: string
  readonly scale: ColourScale
  /** From the first colour to the last. */
  readonly from: number
  readonly to: number
  /** Place in the range, 0 to 1 inside of it. */
  placeOf(value: number): number
  /** Numbers that the legend writes below the colours. */
  readonly ticks: readonly { readonly value: number; readonly label: string }[]
}

const straight =
  (from: number, to: number) =>
  (value: number): number =>
    (value - from) / (to - from)

export const measures: Readonly<Record<MeasureName, Measure>> = {
  logprob: {
    label: 'Log-probability',
    about: 'Of the token when it was sampled, in nats. Strong: the model itself found it unlikely.',
    scale: blueScale,
    from: 0,
    to: -6,
    placeOf: straight(0, -6),
    ticks: [
      { value: 0, label: '0' },
      { value: -2, label: '−2' },
      { value: -4, label: '−4' },
      { value: -6, label: '≤ −6' },
    ],
  },
  entropy: {
    label: 'Entropy',
    about: 'Of the distribution that the token was drawn from, in nats. Strong: the model was torn.',
    scale: purpleScale,
    from: 0,
    to: 3,
    placeOf: straight(0, 3),
    ticks: [
      { value: 0, label: '0' },
      { value: 1, label: '1' },
      { value: 2, label: '2' },
      { value: 3, label: '≥ 3' },
    ],
  },
  advantage: {
    label: 'Advantage',
    about: 'One number for the whole rollout. Orange: made less likely. Blue: made more likely.',
    scale: divergingScale,
    from: -2,
    to: 2,
    placeOf: straight(-2, 2),
    ticks: [
      { value: -2, label: '≤ −2' },
      { value: 0, label: '0' },
      { value: 2, label: '≥ 2' },
    ],
  },
  ratio: {
    label: 'Ratio',
    about: 'Probability under the checkpoint over the one when it was sampled. Orange: less likely by now. Blue: more.',
    scale: divergingScale,
    from: 0.5,
    to: 2,
    // Twice and half are equally far from 1.
    placeOf: (value) => (value > 0 ? straight(-1, 1)(Math.log2(value)) : 0),
    ticks: [
      { value: 0.5, label: '≤ 1/2' },
      { value: 1, label: '1' },
      { value: 2, label: '≥ 2' },
    ],
  },
}

/** A log-probability as the probability that people think in: `12.5 %`, `< 0.01 %`. */
export function probability(logprob: number): string {
  const percent = Math.exp(Math.min(0, logprob)) * 100
  if (percent > 0 && percent < 0.01) return '< 0.01 %'
  return `${percent >= 99.95 ? '100' : percent.toPrecision(percent < 1 ? 1 : 3)} %`
}

/** A number with its sign: a minus of its own width, a plus where `isSigned`. */
export function signed(value: number, isSigned = false): string {
  const text = formatNumber(Math.abs(value))
  if (Number.isNaN(value)) return text
  return value < 0 ? `−${text}` : isSigned && value > 0 ? `+${text}` : text
}
