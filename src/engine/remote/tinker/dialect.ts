// How servers of one protocol differ, as data: one row a server, nothing else in the client asks which server it is.
// Where a row's facts come from, and which of them were only read and never seen, is in docs/remote-tinker.md.
import { closestName } from '../../../base/closest-name.ts'
import { GradusError } from '../../../base/error.ts'

/** What a server divides a loss by before it differentiates. */
export type LossNormalisation =
  /** Nothing: terms are summed. */
  | 'sum'
  /** Each sequence by the sum of its weights, then all by the number of sequences since the last optimiser step. */
  | 'sequence-mean'
  /** Each call by the sum of its weights. */
  | 'call-mean'

/** What one kind of server does. */
export interface Dialect {
  readonly name: string
  /** Form of training passes and of the answers to them. */
  readonly body: 'json' | 'proto'
  /** How log-probabilities without gradients are asked for: on a route of their own, or by a flag of the protobuf body. */
  readonly forward: 'route' | 'flag'
  readonly lossNormalisation: LossNormalisation
  /** Losses it has built in. */
  readonly losses: readonly string[]
  /** Which tokens count must be said by `weights`, with losses of advantages too. */
  readonly needsWeightsMask: boolean
  /** A request sent twice under one number is done once. */
  readonly honoursSequenceNumbers: boolean
  /** Listens to `grad_clip_norm`. */
  readonly gradClip: boolean
  /** Listens to beta1, beta2, eps and weight_decay. */
  readonly betas: boolean
  /** One model's optimiser step decays the adapters of every model on the server. */
  readonly decaysAllModels: boolean
  /** Adapters are scaled by this over their rank, whatever is asked for; undefined when not published. */
  readonly loraAlpha?: number
  /** Trains the maps that `train_*` name, and only those. */
  readonly loraTargets: boolean
  /** An operation that failed is answered 400, and not worth asking about again. */
  readonly failureAs400: boolean
  /** Names stored sampler weights `tinker://MODEL/NAME`, without `sampler_weights`. */
  readonly twoPartSamplerPath: boolean
  /** `prompt_logprobs` begins with null for the first token. */
  readonly leadingNullInPromptLogprobs: boolean
  /** Gives `topk_prompt_logprobs`. */
  readonly topK: boolean
  /** Every save of a model is of its weights as they are; else only the first save is, and the others are copies of it. */
  readonly savesAgain: boolean
  /** Samplers are snapshots; else they follow the weights of the model or set them back, and are good as long as it has not learnt more. */
  readonly frozenSamplers: boolean
  /** A new model has no gradients; else it has those that the last one in its place was given and never used. */
  readonly cleanModels: boolean
  /** Can load weights without their optimiser; else that comes with them, whatever is asked for. */
  readonly loadsWeightsAlone: boolean
  /** Draws where one sample is asked for; else takes the likeliest tokens, and draws only where several are asked for. */
  readonly drawsOne: boolean
  /** Tokens of one sample at most, besides the context's limit. */
  readonly maxSampleTokens?: number
}

const rl = ['cross_entropy', 'importance_sampling', 'ppo', 'cispo'] as const

const hosted: Dialect = {
  name: 'hosted',
  body: 'json',
  forward: 'route',
  lossNormalisation: 'sum',
  losses: [...rl, 'dro'],
  needsWeightsMask: false,
  honoursSequenceNumbers: true,
  gradClip: true,
  betas: true,
  decaysAllModels: false,
  loraTargets: true,
  failureAs400: false,
  twoPartSamplerPath: false,
  leadingNullInPromptLogprobs: true,
  topK: true,
  savesAgain: true,
  frozenSamplers: true,
  cleanModels: true,
  loadsWeightsAlone: true,
  drawsOne: true,
}

const skyrlJax: Dialect = {
  ...hosted,
  name: 'skyrl-jax',
  lossNormalisation: 'sequence-mean',
  losses: rl,
  needsWeightsMask: true,
  honoursSequenceNumbers: false,
  gradClip: false,
  decaysAllModels: true,
  loraAlpha: 32,
  loraTargets: false,
  failureAs400: true,
  twoPartSamplerPath: true,
  leadingNullInPromptLogprobs: false,
  topK: false,
  frozenSamplers: false,
  cleanModels: false,
  loadsWeightsAlone: false,
}

const rows = {
  /** The service that the protocol comes from. */
  hosted,
  /** The same, for when it no longer speaks JSON. */
  'hosted-proto': { ...hosted, name: 'hosted-proto', body: 'proto', forward: 'flag' },
  /** SkyRL 0.3, JAX backend. */
  'skyrl-jax': skyrlJax,
  /** SkyRL 0.4, JAX backend: protobuf only. */
  'skyrl-jax-proto': { ...skyrlJax, name: 'skyrl-jax-proto', body: 'proto', forward: 'flag' },
  /** SkyRL with fsdp or megatron: sums, and of the optimiser's settings only the learning rate counts. */
  'skyrl-torch': {
    ...skyrlJax,
    name: 'skyrl-torch',
    body: 'proto',
    forward: 'flag',
    lossNormalisation: 'sum',
    losses: ['cross_entropy', 'importance_sampling'],
    betas: false,
    decaysAllModels: false,
    topK: true,
    frozenSamplers: true,
    cleanModels: true,
  },
  /** hatchery-core 0.3; the scale of adapters is always 2. */
  hatchery: {
    ...hosted,
    name: 'hatchery',
    lossNormalisation: 'call-mean',
    losses: [...rl, 'grpo', 'dapo', 'gspo', 'orpo'],
    needsWeightsMask: true,
    honoursSequenceNumbers: false,
    savesAgain: false,
    frozenSamplers: false,
    drawsOne: false,
  },
  /** `gradus serve --tinker`. */
  gradus: { ...hosted, name: 'gradus', losses: [...rl, 'dro'], loraAlpha: 32 },
} as const satisfies Record<string, Dialect>

/** Names of the rows. */
export type DialectName = keyof typeof rows

export const dialectNames = Object.keys(rows) as readonly DialectName[]

/** The row of a name. @throws `config/unknown-dialect` */
export function dialectOf(name: string): Dialect {
  if (Object.hasOwn(rows, name)) return rows[name as DialectName]
  const near = closestName(name, dialectNames)
  throw new GradusError('config/unknown-dialect', `there is no Tinker dialect "${name}"`, {
    hint: `${near ? `Did you mean ${near}? ` : ''}There are ${dialectNames.join(', ')}.`,
  })
}
