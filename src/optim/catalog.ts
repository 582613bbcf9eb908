// Every optimiser there is. Adding one: its config in the union, its maker in the table.
import { z } from 'zod'
import { adamw, adamwConfig } from './adamw.ts'
import type { Arena, Optimizer } from './optimizer.ts'

/** Settings of any optimiser, told apart by `kind`. */
export const optimizerConfig = z.discriminatedUnion('kind', [adamwConfig])

/** Resolved settings of any optimiser. */
export type OptimizerConfig = z.infer<typeof optimizerConfig>

type Makers = {
  readonly [K in OptimizerConfig['kind']]: (config: Extract<OptimizerConfig, { kind: K }>, arena: Arena) => Optimizer
}

const makers: Makers = { adamw }

/** The optimiser that a config describes, fresh, for one arena. */
export function makeOptimizer(config: OptimizerConfig, arena: Arena): Optimizer {
  return makers[config.kind](config, arena)
}
