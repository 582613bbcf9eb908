// A sample request, checked against what the server can do, with everything its samples share. What cannot be honoured is
// refused here, before anything is sent: an option that a server ignores would be a silent error.
import { GradusError } from '../../../base/error.ts'
import { stream } from '../../../base/rng.ts'
import type { Capability, SampleRequest, Vocab, Want } from '../../../contracts/index.ts'
import { pickSettings } from '../../pick-token.ts'
import { type StopMatcher, stopMatcher } from '../../stop-matcher.ts'
import type { ServerFacts } from './server-facts.ts'

/** What a sampler is, as far as a plan depends on it. */
export interface PlanSetting {
  readonly facts: ServerFacts
  readonly vocab: Vocab
  readonly can: ReadonlySet<Capability>
  readonly contextLimit: number
  /** Ids are the model's own tokens, not bytes. */
  readonly isExact: boolean
}

/** A checked request. */
export interface SamplePlan {
  readonly request: SampleRequest
  /** Tokens allowed: the request's, or what the context leaves. Of the server, which may be fewer than ids. */
  readonly limit: number
  readonly matcher: StopMatcher | undefined
  readonly stopTokens: ReadonlySet<number>
  /** Likely tokens to report at each position; 0 for none. */
  readonly top: number
  /** The seed of sample 0; sample i has i more, which is also what vLLM does for `n`. */
  readonly baseSeed: number
  /** Stops have to be found here, token by token: the server would not say which text it stopped at. */
  readonly stopsHere: boolean
}

const WANTS: Readonly<Record<string, Capability>> = { entropy: 'entropy', values: 'values', hidden: 'hidden' }

/** @throws `sampler/...` */
export function planSamples(request: SampleRequest, setting: PlanSetting): SamplePlan {
  const { facts, vocab, contextLimit, isExact } = setting
  checkContext(request.context, vocab)
  pickSettings(request, vocab.size)
  if (request.logitBias?.size) need(setting, 'bias')
  if (request.topK) check(facts.topK, 'topK', 'top_k')
  if (request.minP) check(facts.minP, 'minP', 'min_p')
  const hasStops = (request.stop?.length ?? 0) + (request.stopTokens?.length ?? 0) > 0
  if (hasStops) need(setting, 'stop')
  const stopsAtServer = facts.stop && facts.stopTold && (facts.stopTokens || !request.stopTokens?.length)
  return {
    request,
    limit: isExact ? Math.min(request.maxTokens, contextLimit - request.context.length) : request.maxTokens,
    matcher: stopMatcher(vocab, request.stop),
    stopTokens: new Set(request.stopTokens),
    top: checkWants(request.want, setting),
    // Room above, so that no seed of a sample passes 2^31.
    baseSeed: stream('openai-sample', request.seed).uint32() >>> 2,
    stopsHere: hasStops && !stopsAtServer,
  }
}

/** @throws `sampler/empty-context`, `sampler/unknown-token` */
export function checkContext(ids: Int32Array, vocab: Vocab, what = 'context'): void {
  if (ids.length === 0 && what === 'context') {
    throw new GradusError('sampler/empty-context', 'a request has no context token', {
      hint: 'Begin the context with the beginning-of-sequence token.',
    })
  }
  const unknown = ids.find((id) => !(id >= 0 && id < vocab.size))
  if (unknown === undefined) return
  throw new GradusError('sampler/unknown-token', `a ${what} holds token ${unknown}`, {
    hint: `The vocabulary has ids 0 to ${vocab.size - 1}. Encode with the sampler's own vocabulary.`,
  })
}

/** The number of likely tokens wanted. @throws `sampler/cannot` */
export function checkWants(wants: readonly Want[] = [], setting: Pick<PlanSetting, 'can' | 'facts'>): number {
  let top = 0
  for (const want of wants) {
    if (want.startsWith('top-')) {
      need(setting, 'top-k')
      top = Number(want.slice(4))
    } else need(setting, WANTS[want])
  }
  return top
}

function need({ can, facts }: Pick<PlanSetting, 'can' | 'facts'>, capability: Capability): void {
  if (can.has(capability)) return
  throw new GradusError('sampler/cannot', `the server of ${facts.model} cannot do "${capability}"`, {
    hint: `The sampler's probe says why. It can: ${[...can].join(', ') || 'only sample'}.`,
  })
}

function check(isHonoured: boolean, option: string, field: string): void {
  if (isHonoured) return
  throw new GradusError('sampler/cannot', `the server does not honour ${field}`, { hint: `Leave out ${option}.` })
}
