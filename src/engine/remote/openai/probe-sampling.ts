// Checks of sampling: seeds, several samples in one request, stops, filters, streams. Filters are judged by what they must
// do: with only the most likely token left, a hot sample is the greedy text.
import { messageOf } from '../../../base/error.ts'
import type { IdFacts } from './probe-ids.ts'
import type { Prober } from './prober.ts'
import { idFields } from './request-body.ts'
import type { ServerFacts } from './server-facts.ts'
import { parseReply, replyShape, textOf } from './wire.ts'

export type SamplingFacts = Pick<
  ServerFacts,
  'seed' | 'n' | 'nSeeds' | 'stop' | 'stopTold' | 'stopTokens' | 'topK' | 'minP' | 'streaming' | 'continues'
>

const HOT = { temperature: 1.5, max_tokens: 16 }

export async function checkSampling(prober: Prober, ids: IdFacts): Promise<SamplingFacts> {
  const [seeds, stops, stopTokens, filters, streaming, continues] = await Promise.all([
    checkSeeds(prober),
    checkStops(prober, ids.greedy.text),
    checkStopTokens(prober, ids),
    checkFilters(prober, ids.greedy.text),
    checkStreaming(prober),
    checkContinuing(prober),
  ])
  return { ...seeds, ...stops, stopTokens, ...filters, streaming, continues }
}

async function checkSeeds(prober: Prober): Promise<Pick<ServerFacts, 'seed' | 'n' | 'nSeeds'>> {
  const [first, again, other, two] = await Promise.all([
    prober.ask({ ...HOT, seed: 11 }),
    prober.ask({ ...HOT, seed: 11 }),
    prober.ask({ ...HOT, seed: 12 }),
    prober.ask({ ...HOT, seed: 11, n: 2 }),
  ])
  const differs = first.text !== other.text
  const seed = first.isOk && first.text === again.text && differs
  const why = first.isOk ? (differs ? 'the same seed gave two texts' : 'two seeds gave the same text') : first.why
  prober.note('seed', seed, seed ? 'same seed, same text; other seed, other text' : why)
  const n = two.reply.choices.length === 2
  prober.note('n', n, n ? 'two choices' : two.why || 'one choice came back')
  const texts = [...two.reply.choices].sort((a, b) => a.index - b.index).map((choice) => textOf(choice).text)
  const nSeeds = seed && n && texts[0] === first.text && texts[1] === other.text
  if (seed && n)
    prober.note('n with seeds', nSeeds, nSeeds ? 'choice j has seed + j' : 'one request per sample instead')
  return { seed, n, nSeeds }
}

async function checkStops(prober: Prober, greedy: string): Promise<Pick<ServerFacts, 'stop' | 'stopTold'>> {
  const characters = Array.from(greedy)
  const stop = characters.slice(1).find((character) => character.trim() !== '') ?? characters[0]
  if (stop === undefined) {
    prober.note('stop', undefined, 'the greedy text is empty')
    return { stop: false, stopTold: false }
  }
  const fields = { temperature: 0, stop: [stop] }
  const told = await prober.ask({ ...fields, include_stop_str_in_output: true })
  const stopTold = told.isOk && told.choice?.stop_reason === stop && told.text.endsWith(stop)
  const plain = stopTold ? told : await prober.ask(fields)
  const has = stopTold || (plain.isOk && !plain.text.includes(stop) && plain.choice?.finish_reason === 'stop')
  prober.note('stop', has, has ? `stops at ${JSON.stringify(stop)}` : plain.why || 'accepted, without effect')
  prober.note('stop reason', stopTold, stopTold ? 'stop_reason' : 'not told: stops are found here, in the stream')
  return { stop: has, stopTold }
}

async function checkStopTokens(prober: Prober, ids: IdFacts): Promise<boolean> {
  const last = ids.greedy.ids.at(-1)
  if (last === undefined) return false
  const asked = idFields(ids as IdFacts & ServerFacts, 0)
  const answer = await prober.ask({ temperature: 0, stop_token_ids: [last], ...asked })
  const has = answer.choice?.finish_reason === 'stop' && answer.ids.indexOf(last) === answer.ids.length - 1
  prober.note('stop tokens', has, has ? 'stop_token_ids' : answer.why || 'accepted, without effect')
  return has
}

async function checkFilters(prober: Prober, greedy: string): Promise<Pick<ServerFacts, 'topK' | 'minP'>> {
  const hot = { temperature: 1.5, seed: 13 }
  const [free, topK, minP] = await Promise.all([
    prober.ask(hot),
    prober.ask({ ...hot, top_k: 1 }),
    prober.ask({ ...hot, min_p: 1 }),
  ])
  const canTell = free.text !== greedy
  const judge = (name: string, answer: typeof topK): boolean => {
    const has = answer.isOk && answer.text === greedy && canTell
    const why = answer.isOk
      ? canTell
        ? 'accepted, without effect'
        : 'cannot be told: a hot text is the greedy one'
      : answer.why
    prober.note(name, has, has ? 'makes a hot text greedy' : why)
    return has
  }
  return { topK: judge('top_k', topK), minP: judge('min_p', minP) }
}

async function checkStreaming(prober: Prober): Promise<boolean> {
  const { path, json } = prober.wire({ max_tokens: 4, stream: true, stream_options: { include_usage: true } })
  let pieces = 0
  let why = 'no piece came'
  try {
    for await (const data of prober.server.http.events(path, { json, retry: 'submit' })) {
      if (data.trim() === '[DONE]') break
      const { choices } = parseReply(replyShape, JSON.parse(data), path)
      if (choices.some((choice) => Object.values(textOf(choice)).some((text) => text !== ''))) pieces++
    }
  } catch (error) {
    why = messageOf(error)
  }
  prober.note('streaming', pieces > 0, pieces > 0 ? `${pieces} pieces` : why)
  return pieces > 0
}

/** A server that knows the option refuses it together with its opposite; one that ignores both accepts everything. */
async function checkContinuing(prober: Prober): Promise<boolean> {
  if (prober.endpoint === 'completions') return false
  const messages = [
    { role: 'user', content: 'Count.' },
    { role: 'assistant', content: 'One, two,' },
  ]
  const ask = (add: boolean) =>
    prober.ask({ messages, max_tokens: 4, continue_final_message: true, add_generation_prompt: add })
  const [right, wrong] = await Promise.all([ask(false), ask(true)])
  const has = right.isOk && !wrong.isOk
  prober.note(
    "continue the assistant's turn",
    has,
    has ? 'continue_final_message' : right.why || 'accepted, without effect',
  )
  return has
}
