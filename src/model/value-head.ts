// The value head: one number per token from its hidden state before the final norm, for losses that want 'values'.
// `value-head-files.ts` keeps it beside the model.
import type { ModelConfig } from './config.ts'
import { type ParamSpec, whole } from './param-spec.ts'

/** Name of the head's parameter. */
export const VALUE_HEAD = 'value_head.weight'

/** The head's parameter, [1, D]. Fresh heads are zero: every value is then zero, and so is what a critic's loss sends back. */
export const valueHeadParam = ({ hiddenSize }: Pick<ModelConfig, 'hiddenSize'>): ParamSpec =>
  whole(VALUE_HEAD, [1, hiddenSize])
