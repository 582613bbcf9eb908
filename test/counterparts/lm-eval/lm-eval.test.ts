// lm-evaluation-harness against our server: log-likelihoods of choices and greedy generations on a local task, compared
// sample by sample with what the engine gives in this process.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import type { Sample, Sampler } from '../../../src/contracts/index.ts'
import { embeddedHost } from '../../../src/engine/index.ts'
import { chainArithmetic } from '../../../src/tasks/index.ts'
import { counterparts } from '../../python.ts'
import { trainedChainModel } from '../chain-model.ts'
import { startServer } from '../start-server.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'lm-eval-'))
afterAll(() => rmSync(folder, { recursive: true }))

interface Row {
  readonly query: string
  readonly choices: readonly string[]
  readonly gold: number
  readonly answer: string
}

const rows: readonly Row[] = Array.from({ length: 40 }, (_, i) => {
  const problem = chainArithmetic.problem('test', i, { level: 2 })
  const right = chainArithmetic.solve(problem).split(';')[0]
  const wrong = `${right.slice(0, -1)}${(Number(right.at(-1)) + 3) % 10}`
  const choices = i % 2 === 0 ? [`${right};`, `${wrong};`, '#3'] : [`${wrong};`, `${right};`]
  return { query: String(problem.prompt), choices, gold: i % 2, answer: right }
})

async function greedy(sampler: Sampler): Promise<readonly string[]> {
  const texts = new Array<string>(rows.length)
  const requests = rows.map(({ query }) => ({
    context: sampler.vocab.encode(query),
    maxTokens: 24,
    temperature: 0,
    seed: 0,
    stop: [';'],
  }))
  for await (const { request, sample } of sampler.sample(requests)) texts[request] = sample.text.split(';')[0]
  return texts
}

const likelihood = ({ logprobs }: Sample): number => logprobs.reduce((sum, logprob) => sum + logprob, 0)

/** What the harness wrote of each row of a task, in order. */
function samplesOf(out: string, task: string): readonly Record<string, unknown>[] {
  const inner = join(out, readdirSync(out)[0])
  const file = readdirSync(inner).find((name) => name.startsWith(`samples_${task}_`)) ?? ''
  const lines = readFileSync(join(inner, file), 'utf8').trim().split('\n')
  return lines.map((line) => JSON.parse(line)).sort((a, b) => a.doc_id - b.doc_id)
}

counterparts.describe('lm-evaluation-harness', () => {
  it('scores choices and generations as the engine does', async () => {
    const model = await trainedChainModel(join(folder, 'model'))
    const tasks = join(folder, 'tasks')
    mkdirSync(tasks)
    writeFileSync(join(tasks, 'rows.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    for (const name of ['chain_choice.yaml', 'chain_generate.yaml']) {
      const text = readFileSync(join(here, name), 'utf8').replace('rows.jsonl', join(tasks, 'rows.jsonl'))
      writeFileSync(join(tasks, name), text)
    }
    const server = await startServer([model])
    const out = join(folder, 'out')
    try {
      const args = [
        `model=${server.model},base_url=${server.url}/v1/completions,tokenizer=${model}`,
        'tokenized_requests=True,max_length=128,num_concurrent=8',
      ].join(',')
      await counterparts.run('counterparts/lm-eval/run.py', [args, tasks, out])
    } finally {
      await server.stop()
    }

    const sampler = await embeddedHost().sampler(model)
    const scored = await sampler.score(
      rows.flatMap(({ query, choices }) =>
        choices.map((choice) => ({ context: sampler.vocab.encode(query), ids: sampler.vocab.encode(choice) })),
      ),
    )
    const ours = scored.map(likelihood)
    const choices = samplesOf(out, 'chain_choice')
    const theirs = choices.flatMap(({ filtered_resps }) =>
      (filtered_resps as [string, string][]).map(([value]) => Number(value)),
    )
    expect(theirs).toHaveLength(ours.length)
    expect(Math.max(...theirs.map((value, i) => Math.abs(value - ours[i])))).toBeLessThan(1e-4)
    let at = 0
    const right = rows.filter(({ choices: given, gold }) => {
      const own = ours.slice(at, at + given.length)
      at += given.length
      return own.indexOf(Math.max(...own)) === gold
    }).length
    expect(choices.filter(({ acc }) => acc === 1)).toHaveLength(right)

    const texts = await greedy(sampler)
    const generated = samplesOf(out, 'chain_generate')
    expect(generated.map(({ filtered_resps }) => (filtered_resps as string[])[0])).toEqual(texts)
    const exact = rows.filter(({ answer }, i) => answer === texts[i]).length
    expect(generated.filter(({ exact_match }) => exact_match === 1)).toHaveLength(exact)
    // The model has learnt some, so that equality says something.
    expect(right).toBeGreaterThan(rows.length / 2)
    await sampler.dispose()
  }, 240_000)
})
