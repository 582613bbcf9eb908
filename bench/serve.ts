// What `gradus serve` costs: many streams at once against the same samples drawn by the engine directly. Both sides take
// turns in processes of their own on the same machine, the clients beside the server included. Prints one line of JSON:
// tokens/s of both, their ratio, time to first token, how far apart the streams ended, failures, and the server's memory.
//   tsx bench/serve.ts [--size 0.8M|5M] [--streams 200] [--new-tokens 128] [--rounds 2]
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { benchModel, benchSizes, decodePrompts, spreadOf } from '../src/bench/index.ts'
import { saveModel } from '../src/engine/checkpoint.ts'
import { EmbeddedSampler } from '../src/engine/embedded-sampler.ts'
import { SamplerPrograms } from '../src/engine/sampler-programs.ts'

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '0.8M' },
    streams: { type: 'string', default: '200' },
    'new-tokens': { type: 'string', default: '128' },
    rounds: { type: 'string', default: '2' },
  },
})
const streams = Number(values.streams)
const newTokens = Number(values['new-tokens'])
const size = benchSizes.find(({ name }) => name === values.size) ?? benchSizes[0]
const model = benchModel(size)
// No sample may end early, on either side.
const eosBias = -100

/** What one side came to. */
interface Speed {
  readonly rate: number
  /** Of all threads of the process that samples: says more than the rate on a machine that others use too. */
  readonly cpuMsPerToken: number
}

/** Processor time of a process so far. */
function cpuMs(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

/** The engine alone. */
async function direct(round: number): Promise<Speed> {
  const sampler = new EmbeddedSampler(model, model.arena, new SamplerPrograms(model), { maxRows: streams })
  const ask = async (maxTokens: number): Promise<Speed> => {
    const logitBias = new Map([[size.config.eosId, eosBias]])
    const contexts = decodePrompts(size, streams, round)
    const requests = contexts.map((context, seed) => ({ context, maxTokens, seed, logitBias }))
    const begun = performance.now()
    const cpu = cpuMs(process.pid)
    let tokens = 0
    for await (const { sample } of sampler.sample(requests)) tokens += sample.ids.length
    const ms = performance.now() - begun
    return { rate: (tokens / ms) * 1000, cpuMsPerToken: (cpuMs(process.pid) - cpu) / tokens }
  }
  await ask(2)
  sampler.forget()
  const speed = await ask(newTokens)
  await sampler.dispose()
  return speed
}

/** One stream as its client saw it, in ms since its request. */
interface Stream {
  readonly tokens: number
  readonly firstMs: number
  readonly endMs: number
}

/** Reads a stream to its end; throws where anything but a whole answer comes. */
function readStream(url: string, agent: Agent, body: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const begun = performance.now()
    const headers = { 'content-type': 'application/json' }
    const sent = request(`${url}/v1/completions`, { method: 'POST', agent, headers }, (reply) => {
      let firstMs = 0
      let tail = ''
      reply.setEncoding('utf8')
      reply.on('data', (text: string) => {
        firstMs ||= performance.now() - begun
        tail = (tail + text).slice(-600)
      })
      reply.on('error', reject)
      reply.on('end', () => {
        const used = /"completion_tokens":(\d+)/.exec(tail)?.[1]
        if (reply.statusCode !== 200 || used === undefined || !tail.endsWith('data: [DONE]\n\n'))
          reject(new Error(`${reply.statusCode} ${tail.slice(-200)}`))
        else resolve({ tokens: Number(used), firstMs, endMs: performance.now() - begun })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** All streams at once. */
async function served(url: string, pid: number | undefined, round: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: streams })
  const stream = (prompt: Int32Array, seed: number, maxTokens: number) =>
    readStream(
      url,
      agent,
      JSON.stringify({
        ...{ prompt: [...prompt], seed, max_tokens: maxTokens, stream: true, stream_options: { include_usage: true } },
        logit_bias: { [size.config.eosId]: eosBias },
      }),
    )
  const prompts = decodePrompts(size, streams, 100 + round)
  await Promise.all(prompts.map((prompt, seed) => stream(prompt.slice(0, 3), seed, 2)))
  const begun = performance.now()
  const cpu = [cpuMs(pid), cpuMs(process.pid)]
  const settled = await Promise.allSettled(prompts.map((prompt, seed) => stream(prompt, seed, newTokens)))
  const ms = performance.now() - begun
  const [cpuServer, cpuClient] = [cpuMs(pid) - cpu[0], cpuMs(process.pid) - cpu[1]]
  agent.destroy()
  const done = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  for (const one of settled) if (one.status === 'rejected') console.error(String(one.reason))
  const at = (share: number, numbers: readonly number[]): number =>
    Math.round([...numbers].sort((a, b) => a - b)[Math.floor(share * (numbers.length - 1))])
  const first = done.map(({ firstMs }) => firstMs)
  const end = done.map(({ endMs }) => endMs)
  const tokens = done.reduce((sum, one) => sum + one.tokens, 0)
  return {
    rate: (tokens / ms) * 1000,
    cpuMsPerToken: cpuServer / tokens,
    clientCpuMsPerToken: cpuClient / tokens,
    failures: settled.length - done.length,
    firstTokenMs: { p50: at(0.5, first), p95: at(0.95, first) },
    endMs: { p5: at(0.05, end), p95: at(0.95, end) },
  }
}

const folder = mkdtempSync(join(tmpdir(), 'gradus-bench-serve-'))
await saveModel(folder, model)
const bin = fileURLToPath(new URL('../bin/gradus.mjs', import.meta.url))
const args = [bin, 'serve', folder, '--port', '0', '--json', '--max-rows', String(streams)]
const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
try {
  const { url } = JSON.parse(
    await new Promise<string>((ready) => server.stdout.once('data', (text) => ready(`${text}`))),
  )
  const rates: { direct: Speed; served: Speed }[] = []
  let last: Awaited<ReturnType<typeof served>> | undefined
  for (let round = 0; round < Number(values.rounds); round++) {
    const alone = await direct(round)
    last = await served(url, server.pid, round)
    rates.push({ direct: alone, served: last })
  }
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8')
  const peakMb = Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024)
  const median = (of: (round: (typeof rates)[number]) => number, digits = 3): number =>
    Number(spreadOf(rates.map(of)).median.toPrecision(digits))
  console.log(
    JSON.stringify({
      ...{ size: size.name, streams, newTokens, rounds: rates.length },
      directTokPerS: median(({ direct }) => direct.rate),
      servedTokPerS: median(({ served }) => served.rate),
      ratio: median(({ direct, served }) => served.rate / direct.rate),
      cpuRatio: median(({ direct, served }) => direct.cpuMsPerToken / served.cpuMsPerToken),
      clientCpuShare: Number(((last?.clientCpuMsPerToken ?? 0) / (last?.cpuMsPerToken ?? 1)).toPrecision(2)),
      ...{ firstTokenMs: last?.firstTokenMs, endMs: last?.endMs, failures: last?.failures, peakMb },
    }),
  )
} finally {
  server.kill('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
}
