// A model as a verifier (an ORM fallback with an equivalence prompt; C9's one-token judge and C5's p(yes) are settings of
// it). It sees extracted answers only. It never throws on a question: what fails is a verdict. The same seed and
// question give the same verdict, whatever else is asked at the same time. Knows nothing of rules: rules-then-judge.ts.
import { GradusError, messageOf } from '../../base/error.ts'
import { stream } from '../../base/rng.ts'
import type { Sample, SampleEvent, SampleRequest, Sampler, TokenIds, Verdict } from '../../contracts/index.ts'
import { drawFenceWord, fence, specialNames, withoutFenced } from './fence.ts'
import { equivalencePrompt, type JudgePrompt } from './judge-prompt.ts'
import { readVerdict, type Vote } from './read-verdict.ts'
import { type Replies, yesProbability } from './soft-vote.ts'
import { type Tally, verdictOf } from './tally.ts'
import { untilAborted } from './until-aborted.ts'

/** What a judge is asked. */
export interface JudgeQuestion {
  readonly problem: string
  readonly gold?: string
  /** The extracted answer, never the completion around it. */
  readonly answer: string
}

/** A verifier that may take its time. */
export type Judge = (question: JudgeQuestion) => Promise<Verdict>

/** Longest texts, in characters. */
export interface JudgeLimits {
  readonly problem: number
  readonly gold: number
  readonly answer: number
}

/** Settings of {@link judgeVerifier}. */
export interface JudgeOptions {
  readonly sampler: Sampler
  /** How a prompt becomes tokens, with a chat template where the model needs one; default the sampler's vocabulary. */
  readonly encode?: (prompt: string) => TokenIds
  /** Default: the text of the sample. */
  readonly decode?: (ids: TokenIds) => string
  /** Default {@link equivalencePrompt}. */
  readonly prompt?: JudgePrompt
  /** Samples per question; default 1. */
  readonly votes?: number
  /** Default 0 for one vote, 0.6 for several (GenPRM's). */
  readonly temperature?: number
  /** Default 0. */
  readonly seed?: number
  /** Of one vote; default 64, enough for a mark. A prompt that asks for reasons needs more. */
  readonly maxTokens?: number
  readonly signal?: AbortSignal
  /** Share of the decisive votes, or p, that a verdict needs, from 0.5 (default, a majority) to 1 (unanimity). */
  readonly threshold?: number
  /** Fewer decisive votes than this decide nothing; default half of `votes`, rounded up. */
  readonly minDecisive?: number
  /** Default {@link readVerdict}; it does not see what the judge copied from the fenced texts. */
  readonly readVerdict?: (text: string) => Vote
  /** Compare the probabilities of these two replies instead of sampling; needs `score` or `top-k`. */
  readonly soft?: Replies
  /** Default 20,000 for the problem, 2,000 for each answer. A longer answer is undecided: a cut one may be another. */
  readonly limits?: Partial<JudgeLimits>
}

/**
 * A judge of answers by a model.
 *
 * @throws `config/bad-judge` when a setting makes no sense or the sampler cannot do what it asks.
 * @example
 * const judge = judgeVerifier({ sampler, votes: 5, seed: 1 })
 * await judge({ problem: 'What is half of 1?', gold: '1/2', answer: '0.5' }) // { kind: 'right', score: 1, ... }
 */
export function judgeVerifier(options: JudgeOptions): Judge {
  const settings = settle(options)
  const { majority, signal } = settings
  let specials: readonly string[] | undefined
  return async (question) => {
    try {
      const refusal = refuse(question, settings.limits)
      if (refusal) return refusal
      signal?.throwIfAborted()
      specials ??= specialNames(settings.sampler.vocab)
      const tally = await poll(question, settings, specials)
      signal?.throwIfAborted()
      return verdictOf(tally, majority)
    } catch (error) {
      return { kind: 'failed', score: 0, reason: signal?.aborted ? 'aborted' : messageOf(error) }
    }
  }
}

function settle(options: JudgeOptions) {
  const { sampler, votes = 1, temperature = votes === 1 ? 0 : 0.6, seed = 0, maxTokens = 64, threshold = 0.5 } = options
  const { soft, minDecisive = Math.ceil(votes / 2) } = options
  const check = (holds: boolean, message: string): void => {
    if (!holds) throw new GradusError('config/bad-judge', message)
  }
  check(Number.isInteger(votes) && votes >= 1, `votes must be a whole number from 1, not ${votes}`)
  check(Number.isInteger(maxTokens) && maxTokens >= 1, `maxTokens must be a whole number from 1, not ${maxTokens}`)
  check(temperature >= 0 && temperature < Number.POSITIVE_INFINITY, `temperature cannot be ${temperature}`)
  check(threshold >= 0.5 && threshold <= 1, `threshold must be from 0.5 to 1, not ${threshold}`)
  check(
    Number.isInteger(minDecisive) && minDecisive >= 1 && minDecisive <= votes,
    `minDecisive must be a whole number from 1 to votes, not ${minDecisive}`,
  )
  const canBeSoft = sampler.can.has('score') || sampler.can.has('top-k')
  check(soft === undefined || canBeSoft, `a soft judge needs score or top-k; the sampler "${sampler.id}" has neither`)
  check(soft === undefined || votes === 1, 'a soft judge has one vote: its probability does not vary')
  return {
    sampler,
    votes,
    temperature,
    seed,
    maxTokens,
    soft,
    signal: options.signal,
    encode: options.encode ?? ((prompt: string) => sampler.vocab.encode(prompt)),
    decode: options.decode,
    prompt: options.prompt ?? equivalencePrompt,
    read: options.readVerdict ?? readVerdict,
    majority: { threshold, minDecisive },
    limits: { problem: 20_000, gold: 2_000, answer: 2_000, ...options.limits },
  }
}

type Settings = ReturnType<typeof settle>

/** Questions that no model is asked. */
function refuse({ problem, gold = '', answer }: JudgeQuestion, limits: JudgeLimits): Verdict | undefined {
  if (answer.trim() === '') return { kind: 'wrong', score: 0, reason: 'there is no answer' }
  if (answer.length > limits.answer)
    return { kind: 'undecided', score: 0, reason: `the answer has ${answer.length} characters, over ${limits.answer}` }
  if (problem.length > limits.problem || gold.length > limits.gold)
    return { kind: 'failed', score: 0, reason: 'the problem or the gold answer is too long for the judge' }
  return undefined
}

async function poll(question: JudgeQuestion, settings: Settings, specials: readonly string[]): Promise<Tally> {
  const { sampler, maxTokens, soft, signal } = settings
  const { problem, gold, answer } = question
  // Named by the question, not by its turn: verdicts do not depend on the order in which questions come.
  const rng = stream('judge', settings.seed, problem, gold === undefined ? 0 : `=${gold}`, answer)
  const word = drawFenceWord(rng, [problem, gold ?? '', answer])
  const fenced = (label: string, text: string): string => fence(label, word, text, specials)
  const prompt = settings.prompt({
    problem: fenced('problem', problem),
    gold: gold === undefined ? undefined : fenced('reference', gold),
    answer: fenced('answer', answer),
    word,
  })
  const context = settings.encode(prompt)
  const seed = rng.uint32()
  if (context.length >= sampler.contextLimit)
    throw new GradusError(
      'verify/judge-prompt-too-long',
      `a prompt of ${context.length} tokens leaves no room to reply`,
    )
  if (soft) {
    const request = { sampler, context, replies: soft, seed, signal }
    return softTally(await untilAborted(yesProbability(request), signal))
  }
  const request = { context, n: settings.votes, maxTokens, temperature: settings.temperature, seed, signal }
  const { samples, error } = await collect(sampler, request)
  const votes = samples.map((sample) => voteOf(sample, word, settings))
  const count = (wanted: Vote | 'failed'): number => votes.filter((vote) => vote === wanted).length
  const failure = samples.find((sample) => sample !== undefined && hasFailed(sample))
  return {
    votes: votes.length,
    yes: count('yes'),
    no: count('no'),
    abstained: count(undefined),
    failed: count('failed'),
    error: failure?.error ?? failure?.stop ?? error,
  }
}

function softTally(probability: number | undefined): Tally {
  const yes = probability !== undefined && probability > 0.5 ? 1 : 0
  const abstained = probability === undefined ? 1 : 0
  return { votes: 1, yes, no: 1 - yes - abstained, abstained, failed: 0, probability }
}

/** Samples by index; what a sampler did not deliver is undefined, with the reason. */
async function collect(
  sampler: Sampler,
  request: SampleRequest & { readonly n: number },
): Promise<{ readonly samples: readonly (Sample | undefined)[]; readonly error: string }> {
  const samples: (Sample | undefined)[] = Array.from({ length: request.n }, () => undefined)
  let error = 'the sampler gave no sample'
  let events: AsyncIterator<SampleEvent> | undefined
  try {
    events = sampler.sample([request])[Symbol.asyncIterator]()
    for (;;) {
      const next = await untilAborted(events.next(), request.signal)
      if (next.done) break
      const { index, sample } = next.value
      if (index >= 0 && index < samples.length) samples[index] ??= sample
    }
  } catch (thrown) {
    error = messageOf(thrown)
    // Not awaited: after an abort the sampler may still be busy.
    events?.return?.().catch(() => {})
  }
  return { samples, error }
}

const hasFailed = ({ stop }: Sample): boolean => stop !== 'eos' && stop !== 'stop' && stop !== 'max'

function voteOf(sample: Sample | undefined, word: string, { decode, read }: Settings): Vote | 'failed' {
  if (sample === undefined || hasFailed(sample)) return 'failed'
  const text = decode ? decode(sample.ids) : sample.text
  return read(withoutFenced(text, word, ['problem', 'reference', 'answer']))
}
