// What a lab found, as pages read it: the part of `LabResults` (src/lab/results.ts) that is shown. Written again here
// because that file stands on others that need Node.
import type { Interval, LabAnswer } from '../../../../src/serve/dashboard/api.ts'

/** What came of a claim. */
export type ClaimOutcome = 'held' | 'not held' | 'inconclusive' | 'not checked'

/** A claim with what was found. */
export interface LabClaim {
  readonly recipe: string
  readonly testbed: string
  readonly statement: string
  readonly outcome: ClaimOutcome
  readonly evidence: string
}

/** A row of the table. */
export interface LabRow {
  /** Its runs lie in LAB/runs/ARM/seed-N. */
  readonly arm: string
  readonly testbed: string
  readonly recipe: string
  readonly settings: Readonly<Record<string, unknown>>
  /** Whether it is a chosen recipe's own arm on the chosen testbed, and not only there for a claim. */
  readonly isOwn: boolean
  readonly baseline: string | null
  readonly seeds: readonly number[]
  readonly missing: readonly { readonly seed: number; readonly standing: string; readonly why?: string | null }[]
  readonly problems: number | null
  readonly samples: number | null
  readonly pass1: Interval | null
  readonly overStart: Interval | null
  readonly overBaseline: Interval | null
  readonly largestK: { readonly k: number; readonly pass: Interval } | null
  readonly cost: {
    readonly trainedTokens: number
    readonly sampledTokens: number
    readonly steps: number
    readonly seconds: number
  } | null
  readonly withoutVerdict: number
}

/** A testbed in use. */
export interface LabTestbed {
  readonly id: string
  readonly summary: string
  readonly task: string
  readonly tokens: number
  readonly steps: number
  /** The base model's run, in the lab's folder. */
  readonly dir: string
  readonly start: Readonly<Record<string, Interval>> | null
}

/** What a lab found. */
export interface LabResults {
  readonly testbed: string
  readonly recipes: readonly string[]
  readonly seeds: readonly number[]
  readonly command: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly testbeds: readonly LabTestbed[]
  readonly rows: readonly LabRow[]
  readonly claims: readonly LabClaim[]
  readonly missing: number
}

/** The results of an answer: the contract says what they are, and our own server made them. */
export const resultsOf = ({ results }: LabAnswer): LabResults => results as unknown as LabResults

/** A recipe's name; with what is changed, where it is an arm of a claim. */
export function rowName({ recipe, settings, isOwn }: Pick<LabRow, 'recipe' | 'settings' | 'isOwn'>): string {
  const changed = isOwn ? '{}' : JSON.stringify(settings)
  return changed === '{}' ? recipe : `${recipe} ${changed}`
}
