import { describe, expect, it } from 'vitest'
import { measureColdStart } from './cold-start.ts'

const clock = { nowMs: () => performance.now(), iso: () => '' }
const node = (script: string): [string, ...string[]] => [process.execPath, '-e', script]

describe('measureColdStart', () => {
  it.each(['stdout', 'stderr'])(
    'stops at the line that holds the marker, and ends the process (%s)',
    async (stream) => {
      const script = `process.${stream}.write('loading\\nstep '); process.${stream}.write('1 done\\n'); setInterval(() => {}, 1000)`
      const before = clock.nowMs()
      const seconds = await measureColdStart({ command: node(script), marker: 'step 1' }, clock)
      expect(seconds).toBeGreaterThan(0)
      expect(seconds).toBeLessThanOrEqual((clock.nowMs() - before) / 1000)
    },
  )

  it.each<[string, [string, ...string[]], number, RegExp]>([
    ['ends early', node('console.error("no model"); process.exit(3)'), 20_000, /ended with 3/],
    ['cannot be started', ['no-such-program-here'], 20_000, /did not start/],
    ['takes too long', node('setInterval(() => {}, 1000)'), 200, /ran 0.2 s/],
  ])('says so when the process %s', async (_what, command, timeoutMs, says) => {
    const cold = { command, marker: 'step 1', timeoutMs }
    await expect(measureColdStart(cold, clock)).rejects.toMatchObject({
      code: 'engine/cold-start',
      message: expect.stringMatching(says),
    })
  })

  it('shows the last lines of what failed', async () => {
    const cold = { command: node('console.error("no model"); process.exit(3)'), marker: 'step 1' }
    await expect(measureColdStart(cold, clock)).rejects.toMatchObject({ hint: expect.stringContaining('no model') })
  })
})
