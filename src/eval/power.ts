// Power: how many problems or seeds it takes to see a difference, what difference a given number can show, and how often.
// Normal approximations, two-sided: unpaired proportions (Fleiss, Levin and Paik 2003, eq. 4.14), paired ones by McNemar's
// test (Connor 1987, Biometrics 43:207), means over seeds by the t test with Guenther's (1981) correction.
import { GradusError } from '../base/error.ts'
import { normalCdf } from './normal-cdf.ts'
import { normalQuantile } from './normal-quantile.ts'

/** What a study should keep to. */
export interface PowerOptions {
  /** Chance of a false finding; default 0.05, two-sided. */
  readonly alpha?: number
  /** Chance of seeing the difference; default 0.8. */
  readonly power?: number
}

/** Two systems on the same problems, one answer each. */
export interface PairedProportions {
  /** Share of problems that exactly one of the two gets right; between |difference| and 1. */
  readonly discordant: number
  /** Difference of the two shares. */
  readonly difference: number
}

const zOf = ({ alpha = 0.05, power = 0.8 }: PowerOptions) => ({
  za: normalQuantile(1 - alpha / 2),
  zb: normalQuantile(power),
})

/**
 * Problems for each of two systems that are evaluated on different problems:
 * (z_a sqrt(2 m (1 - m)) + z_b sqrt(p (1 - p) + q (1 - q)))^2 / (p - q)^2, with m = (p + q) / 2.
 *
 * @throws `usage/bad-probability`, `usage/no-difference`
 */
export function problemsUnpaired(p: number, q: number, options: PowerOptions = {}): number {
  requireShares(p, q)
  const { za, zb } = zOf(options)
  const mean = (p + q) / 2
  const root = za * Math.sqrt(2 * mean * (1 - mean)) + zb * Math.sqrt(p * (1 - p) + q * (1 - q))
  return Math.ceil((root * root) / requireDifference(p - q) ** 2)
}

/** Power of two systems on n different problems each, for shares p and q. @throws `usage/bad-probability` */
export function powerUnpaired(p: number, q: number, n: number, { alpha = 0.05 }: PowerOptions = {}): number {
  requireShares(p, q)
  const mean = (p + q) / 2
  const spread = Math.sqrt(p * (1 - p) + q * (1 - q))
  const reach = Math.abs(p - q) * Math.sqrt(n) - normalQuantile(1 - alpha / 2) * Math.sqrt(2 * mean * (1 - mean))
  return spread === 0 ? (reach > 0 ? 1 : 0) : normalCdf(reach / spread)
}

/** The smallest rise over p that n problems for each system show; undefined where even 1 - p cannot be seen. */
export function detectableUnpaired(p: number, n: number, options: PowerOptions = {}): number | undefined {
  requireShares(p, p)
  return smallest(1 - p, (rise) => powerUnpaired(p, p + rise, n, options) >= (options.power ?? 0.8))
}

/**
 * Problems for two systems evaluated on the same ones, with d the difference and s the share of discordant problems:
 * (z_a sqrt(s) + z_b sqrt(s - d^2))^2 / d^2.
 *
 * @throws `usage/bad-probability`, `usage/no-difference`
 */
export function problemsPaired({ discordant, difference }: PairedProportions, options: PowerOptions = {}): number {
  requireDiscordant(discordant, difference)
  const { za, zb } = zOf(options)
  const root = za * Math.sqrt(discordant) + zb * Math.sqrt(discordant - difference ** 2)
  return Math.ceil((root * root) / requireDifference(difference) ** 2)
}

/** Power of two systems on the same n problems. @throws `usage/bad-probability` */
export function powerPaired(
  { discordant, difference }: PairedProportions,
  n: number,
  { alpha = 0.05 }: PowerOptions = {},
): number {
  requireDiscordant(discordant, difference)
  const spread = Math.sqrt(Math.max(0, discordant - difference ** 2))
  const reach = Math.abs(difference) * Math.sqrt(n) - normalQuantile(1 - alpha / 2) * Math.sqrt(discordant)
  return spread === 0 ? (reach > 0 ? 1 : 0) : normalCdf(reach / spread)
}

/** The smallest difference that n common problems show; undefined where even `discordant` cannot be seen. */
export function detectablePaired(discordant: number, n: number, options: PowerOptions = {}): number | undefined {
  requireDiscordant(discordant, 0)
  const { power = 0.8 } = options
  return smallest(discordant, (difference) => powerPaired({ discordant, difference }, n, options) >= power)
}

/**
 * Seeds (or problems) for a mean of paired differences with standard deviation `spread`:
 * (z_a + z_b)^2 spread^2 / difference^2 + z_a^2 / 2, at least 2. Guenther's last term stands for the t distribution.
 *
 * @throws `usage/bad-count`, `usage/no-difference`
 */
export function runsForMean(difference: number, spread: number, options: PowerOptions = {}): number {
  if (!(spread >= 0)) throw notASpread(spread)
  const { za, zb } = zOf(options)
  return Math.max(2, Math.ceil(((za + zb) * (spread / requireDifference(difference))) ** 2 + za ** 2 / 2))
}

/** The smallest mean difference that n seeds show: the inverse of {@link runsForMean}; undefined for too few. */
export function detectableMean(n: number, spread: number, options: PowerOptions = {}): number | undefined {
  if (!(spread >= 0)) throw notASpread(spread)
  const { za, zb } = zOf(options)
  const left = n - za ** 2 / 2
  return left > 0 ? ((za + zb) * spread) / Math.sqrt(left) : undefined
}

/** The smallest size in (0, most] that is enough, to 1e-9; power grows with the size. */
function smallest(most: number, isEnough: (size: number) => boolean): number | undefined {
  if (!(most > 0) || !isEnough(most)) return undefined
  let [low, high] = [0, most]
  while (high - low > 1e-9) {
    const middle = (low + high) / 2
    if (isEnough(middle)) high = middle
    else low = middle
  }
  return high
}

function requireShares(...shares: readonly number[]): void {
  const bad = shares.find((share) => !(share >= 0 && share <= 1))
  if (bad === undefined) return
  throw new GradusError('usage/bad-probability', `${bad} is not a proportion.`, { hint: 'Give numbers in [0, 1].' })
}

function requireDiscordant(discordant: number, difference: number): void {
  if (discordant >= Math.abs(difference) && discordant <= 1) return
  throw new GradusError('usage/bad-probability', `${discordant} cannot be the share of discordant problems.`, {
    hint: `It is at least the difference, ${Math.abs(difference)}, and at most 1.`,
  })
}

function requireDifference(difference: number): number {
  if (Math.abs(difference) > 0) return difference
  throw new GradusError('usage/no-difference', 'No number of problems shows a difference of 0.', {
    hint: 'Give the smallest difference that would matter to you.',
  })
}

const notASpread = (spread: number): GradusError =>
  new GradusError('usage/bad-count', `${spread} is not a standard deviation.`, { hint: 'Give a number, 0 or more.' })
