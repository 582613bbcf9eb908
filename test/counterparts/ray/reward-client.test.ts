// The Python that is sent to clusters, run as it is there: the reward function of verl against our server, and what it
// does without one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findSystem } from '../../../src/launch/index.ts'
import { chainArithmetic } from '../../../src/tasks/index.ts'
import { counterparts } from '../../python.ts'
import { type Rewards, startRewards } from './start-rewards.ts'

const problem = chainArithmetic.problem('train', 3, { level: 2 })
const folder = mkdtempSync(join(tmpdir(), 'gradus-verl-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Calls the function for each completion, and gives the lines that it printed. */
async function call(variables: Readonly<Record<string, string>>, ...completions: string[]): Promise<readonly string[]> {
  Object.assign(process.env, variables)
  try {
    const args = [folder, JSON.stringify(problem), ...completions]
    return (await counterparts.run('counterparts/ray/call_reward.py', args)).trim().split('\n')
  } finally {
    for (const name of Object.keys(variables)) delete process.env[name]
  }
}

counterparts.describe("verl's reward function", () => {
  let rewards: Rewards
  let sent: Readonly<Record<string, string>>
  beforeAll(async () => {
    rewards = await startRewards({ GRADUS_TEST_KEY: 'very-secret' }, ['--api-key-env', 'GRADUS_TEST_KEY'])
    const verl = findSystem('verl')
    const problems = { task: chainArithmetic, train: [problem], held: [problem] }
    const config = verl.schema.parse({ rollout: { problems: 1 }, verl: { unscored: -0.5 } })
    const setting = { model: 'm', seed: 1, problems, rewards: { url: rewards.url, key: 'very-secret' } }
    const { files, variables } = verl.make(config, setting)
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    sent = { ...variables, GRADUS_JOB: 'j' }
  }, 60_000)
  afterAll(() => rewards?.stop())

  it('gives what our verifier says, and says so when there is no verdict', async () => {
    const [right, wrong, line, none] = await call(sent, chainArithmetic.solve(problem), '#x', '(long)')
    expect(JSON.parse(right)).toEqual({ score: 1, acc: 1, undecided: 0, failed: 0 })
    expect(JSON.parse(wrong)).toEqual({ score: 0, acc: 0, undecided: 0, failed: 0 })
    expect(JSON.parse(none)).toEqual({ score: -0.5, acc: 0, undecided: 0, failed: 1 })
    expect(JSON.parse(line.slice('GRADUS '.length))).toEqual({
      job: 'j',
      unscored: 'failed',
      reason: 'the completion is longer than 400000 characters',
      problem: 'p',
    })
  })

  it('tries a busy server again, and fails loudly on a wrong key or without a server', async () => {
    let asked = 0
    const busy = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(asked++ === 0 ? 429 : 200)
        response.end(JSON.stringify({ scores: [1], verdicts: ['right'], reasons: [''] }))
      })
    })
    await new Promise<void>((settle) => busy.listen(0, '127.0.0.1', settle))
    const { port } = busy.address() as AddressInfo
    const url = { ...sent, GRADUS_REWARDS_URL: `http://127.0.0.1:${port}` }
    expect(await call(url, 'a')).toHaveLength(1)
    expect(asked).toBe(2)
    await new Promise((settle) => busy.close(settle))
    await expect(call({ ...url, GRADUS_REWARDS_PATIENCE: '1' }, 'a')).rejects.toThrow('cannot be reached')
    await expect(call({ ...sent, GRADUS_REWARDS_KEY: 'wrong' }, 'a')).rejects.toThrow(/answered 401.*API key/)
  }, 60_000)
})
