// What progress looks like on a terminal, in a log, and with --quiet.
import { describe, expect, it } from 'vitest'
import type { RunProgress } from '../../train/index.ts'
import { type ListeningIo, listeningIo } from '../__fixtures__/listening-io.ts'
import { ProgressDisplay } from './progress.ts'

function display(io: ListeningIo, quiet = false) {
  let now = 0
  const shown = new ProgressDisplay(io, { nowMs: () => now, iso: () => '' }, quiet)
  const step = (number: number, ms: number, metrics: Record<string, number> = {}): void => {
    now = ms
    const progress: RunProgress = { phase: 'step', stage: 'rl', step: number, steps: 10, metrics }
    shown.update(progress)
  }
  return { shown, step }
}

describe('in a log', () => {
  it('says the first step, then one line in five seconds', () => {
    const io = listeningIo()
    const { shown, step } = display(io)
    shown.begin('grpo')
    step(1, 100, { 'reward/mean': 0.25, 'completion/length_mean': 12 })
    step(2, 1100)
    step(6, 5200)
    step(7, 6200)
    expect(io.lines()).toEqual(['grpo  step 1/10  reward 0.250  length 12.0', 'grpo  step 6/10  4.1s left'])
  })

  it('says every evaluation, with its interval', () => {
    const io = listeningIo()
    const { shown } = display(io)
    shown.begin('grpo')
    const metrics = { 'eval/t/pass@1': 0.5, 'eval/t/pass@1_low': 0.4, 'eval/t/pass@1_high': 0.6, 'eval/t/n': 9 }
    shown.update({ phase: 'evaluated', stage: 'rl', step: 5, steps: 10, metrics })
    expect(io.lines()).toEqual(['grpo  step 5/10  pass@1 0.500 [0.400, 0.600]'])
  })

  it('never says "step 1/" of a base model', () => {
    const io = listeningIo()
    const { shown, step } = display(io)
    shown.begin('base', { isBase: true })
    step(1, 0)
    expect(io.lines()).toEqual(['base  1/10'])
  })
})

describe('on a terminal', () => {
  it('redraws one line, cut to the width, and takes it away before a line that stays', () => {
    const io = listeningIo({ isLive: true, columns: 20 })
    const { shown, step } = display(io)
    shown.begin('grpo')
    step(1, 0, { 'reward/mean': 0.25 })
    step(2, 50)
    step(3, 500)
    shown.line('done')
    expect(io.errors.split('\r\u001b[2K')).toEqual(['', 'grpo  step 1/10  re', 'grpo  step 3/10  1.', 'done\n'])
  })

  it('uses colours only where they are wanted', () => {
    const drawn = (hasColour: boolean): string => {
      const io = listeningIo({ isLive: true, hasColour })
      const { shown, step } = display(io)
      shown.begin('grpo')
      step(1, 0)
      return io.errors
    }
    expect(drawn(true)).toContain('\u001b[36m')
    expect(drawn(false)).not.toContain('\u001b[36m')
  })
})

it('says nothing with --quiet, not even alerts', () => {
  const io = listeningIo({ isLive: true })
  const { shown, step } = display(io, true)
  step(1, 0)
  shown.share('evaluating', 0.5)
  shown.alert({ name: 'x', step: 1, message: 'm', hint: 'h' })
  expect(io.errors).toBe('')
})
