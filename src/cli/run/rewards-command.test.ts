// The verb as a user runs it: a port, an answer, an end.
import { describe, expect, it } from 'vitest'
import { chainArithmetic } from '../../tasks/index.ts'
import { listeningIo } from '../__fixtures__/listening-io.ts'
import { runProgram } from '../program.ts'

/** Serves until it says where, lets `work` use it, and stops it as a signal does. */
async function serving(args: readonly string[], work: (url: string) => Promise<void>) {
  const io = listeningIo()
  const ready = new Promise<string>((resolve) => {
    const out = io.out.bind(io)
    io.out = (text) => {
      out(text)
      resolve(JSON.parse(text).url)
    }
  })
  const ended = runProgram(['rewards', '--json', '--port', '0', ...args], io, () => '1.2.3')
  const first = await Promise.race([ready, ended])
  if (typeof first === 'string') {
    await work(first)
    process.emit('SIGTERM')
  }
  return { code: await ended, out: io.results, err: io.errors }
}

describe('gradus rewards', () => {
  it('says where it is, verifies, and ends well', async () => {
    const problem = chainArithmetic.problem('train', 0)
    const ended = await serving(['--task', 'chain-arithmetic', '--threads', '1'], async (url) => {
      const reply = await fetch(`${url}/reward`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ problems: [problem.id], completions: [chainArithmetic.solve(problem)] }),
      })
      expect(await reply.json()).toMatchObject({ scores: [1], verdicts: ['right'] })
    })
    expect(ended.code, ended.err).toBe(0)
    expect(JSON.parse(ended.out)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
      task: 'chain-arithmetic',
    })
    expect(ended.err).not.toContain('warning')
  })

  it('warns when anyone may ask', async () => {
    const ended = await serving(['--task', 'countdown', '--host', '0.0.0.0', '--quiet'], async () => {})
    expect(ended.err).toMatch(/^warning: anyone who reaches 0\.0\.0\.0 may use this server/)
  })

  it.each<[string[], string]>([
    [['--task', 'none'], 'usage/unknown-task'],
    [['--task', 'countdown', '--set', 'nothing=1'], 'config/'],
    [['--task', 'countdown', '--set', 'knobs.level=99'], 'config/bad-value'],
    [['--task', 'countdown', '--data', '/no/such/file'], 'data/not-found'],
    [['--task', 'countdown', '--api-key-env', 'GRADUS_NO_SUCH_KEY'], 'usage/no-api-key'],
    [['--task', 'countdown', '--port', '65536'], 'usage/bad-option'],
    [[], 'usage/missing-mandatory-option-value'],
  ])('refuses %j', async (args, code) => {
    const ended = await serving(args, async () => {})
    expect(ended).toMatchObject({ code: 2, out: '' })
    expect(ended.err).toContain(`error[${code}`)
  })
})
