// One run of the demo: a fresh tiny model, the recipe `sft`, then the recipe `grpo` on it, by the same loop as everywhere. It
// knows neither page nor browser: what runs the graphs and who is told are parameters.

import type { Stage } from '../../../../src/contracts/index.ts'
import { basePreset, freshModelConfig } from '../../../../src/recipes/bases.ts'
import { grpo } from '../../../../src/recipes/policy-optimisation/grpo.ts'
import { sft } from '../../../../src/recipes/supervised/sft.ts'
import { chainArithmetic } from '../../../../src/tasks/chain-arithmetic.ts'
import type { CompileOptions } from '../../../../src/tensor/program.ts'
import { charTokenizer } from '../../../../src/text/char-tokenizer.ts'
import { type RunOutcome, runRecipe } from '../../../../src/train/run-recipe.ts'
import type { Budget } from './budgets.ts'
import type { Gate } from './gate.ts'
import { FRESH, MemoryHost } from './memory-host.ts'
import { messageSink } from './message-sink.ts'
import type { FromWorker } from './messages.ts'

/** What a run needs. */
export interface DemoOptions {
  readonly budget: Budget
  readonly seed: number
  readonly compile: CompileOptions
  readonly gate: Gate
  readonly say: (message: FromWorker) => void
}

/** A run that has not begun. */
export class DemoRun {
  readonly host: MemoryHost
  readonly #options: DemoOptions
  readonly #tokenizer = charTokenizer(chainArithmetic.alphabet)

  constructor(options: DemoOptions) {
    const { budget, seed, compile, gate } = options
    const config = freshModelConfig({ ...basePreset(chainArithmetic), model: budget.model }, this.#tokenizer)
    this.#options = options
    this.host = new MemoryHost({ config, tokenizer: this.#tokenizer, seed, compile, gate })
  }

  /** Runs to the end. */
  run(): Promise<RunOutcome> {
    const { budget, seed, gate, say } = this.#options
    return runRecipe({
      stages: stagesOf(budget, seed),
      task: chainArithmetic,
      host: this.host,
      vocab: this.#tokenizer,
      base: FRESH,
      seed,
      sink: messageSink(say),
      clock: gate.clock,
      signal: new AbortController().signal,
      stopRequested: () => false,
      onProgress: ({ stage, phase }) =>
        say({ kind: 'stage', stage: stage as 'sft' | 'rl', evaluates: phase === 'evaluate' }),
    })
  }
}

/** The stages of both recipes, one after the other. */
export function stagesOf(budget: Budget, seed: number): readonly Stage[] {
  const setting = { task: chainArithmetic, seed }
  return [...sft.stages(sft.config.parse(budget.sft), setting), ...grpo.stages(grpo.config.parse(budget.grpo), setting)]
}
