// What a sampler may spend, and what it has spent. A request is let through when its worst case fits beside what is
// spent and under way; one that would fit once others are done waits for them. So a budget is never passed.
import { GradusError } from '../../../base/error.ts'
import type { WireUsage } from './wire.ts'

/** The most that a sampler may use. The probe's few requests are not counted. */
export interface Budget {
  /** Tokens of prompts and completions. */
  readonly tokens?: number
  readonly requests?: number
}

/** Used so far. */
export interface Usage {
  readonly requests: number
  readonly promptTokens: number
  readonly completionTokens: number
  /** Requests whose tokens the server did not tell: a guess here. */
  readonly guessed: number
  /** Samples that ended as failures. */
  readonly failures: number
}

/** What a request may cost at most, in tokens. */
export interface WorstCase {
  readonly prompt: number
  readonly completion: number
}

/** What was set aside for one request. */
export interface Reservation {
  /** With the server's count or, without one, a guess; with neither for a request that was never answered. Once. */
  settle(told?: WireUsage, guess?: WorstCase): void
}

export class Spending {
  readonly #budget: Budget
  readonly #used = { requests: 0, promptTokens: 0, completionTokens: 0, guessed: 0, failures: 0 }
  #reserved = 0
  #waiting: (() => void)[] = []

  constructor(budget: Budget = {}) {
    this.#budget = budget
  }

  get usage(): Usage {
    return { ...this.#used }
  }

  countFailure(): void {
    this.#used.failures++
  }

  /** Sets aside for one request. @throws `remote/budget-spent` */
  async reserve(worst: WorstCase): Promise<Reservation> {
    const { tokens = Number.POSITIVE_INFINITY, requests = Number.POSITIVE_INFINITY } = this.#budget
    const most = worst.prompt + worst.completion
    for (;;) {
      if (this.#used.requests >= requests) throw spent(`of ${requests} requests is spent`)
      const used = this.#used.promptTokens + this.#used.completionTokens
      if (used + most > tokens) throw spent(`of ${tokens} tokens is spent: ${used} used, ${most} more may be needed`)
      if (used + this.#reserved + most <= tokens) break
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    this.#used.requests++
    this.#reserved += most
    let isSettled = false
    return {
      settle: (told, guess) => {
        if (isSettled) return
        isSettled = true
        this.#reserved -= most
        this.#count(told, guess)
        for (const wake of this.#waiting.splice(0)) wake()
      },
    }
  }

  #count(told: WireUsage | undefined, guess: WorstCase | undefined): void {
    const knows = typeof told?.prompt_tokens === 'number' && typeof told.completion_tokens === 'number'
    if (!knows && guess) this.#used.guessed++
    this.#used.promptTokens += told?.prompt_tokens ?? guess?.prompt ?? 0
    this.#used.completionTokens += told?.completion_tokens ?? guess?.completion ?? 0
  }
}

function spent(what: string): GradusError {
  return new GradusError('remote/budget-spent', `the sampler's budget ${what}`, {
    hint: 'Give the sampler a larger budget.',
  })
}
