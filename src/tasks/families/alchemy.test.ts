import { describe, expect, it } from 'vitest'
import { stream } from '../../base/rng.ts'
import { checkTask } from '../check-task.ts'
import { alchemy } from './alchemy.ts'

const { family } = alchemy
const hand = { word: 'APLE', operations: ['R13', 'S1', 'V'], noise: [0, 0, 1, 0] }

/** Reads the prompt and moves letter codes about. */
function solvePrompt(prompt: string): string {
  const [head, ...rest] = prompt.replace(/_/g, '').slice(0, -1).split('[')
  let codes = head.split('').map((letter) => letter.charCodeAt(0) - 65)
  for (const token of rest) {
    const amount = Number.parseInt(token.slice(1), 10)
    if (token[0] === 'R') codes = codes.map((code) => (code + amount) % 26)
    if (token[0] === 'S') for (let i = 0; i < amount; i++) codes.push(codes.shift()!)
    if (token[0] === 'V') codes.reverse()
  }
  return String.fromCharCode(...codes.map((code) => code + 65))
}

describe('alchemy', () => {
  it('shows, solves and judges an instance written by hand', () => {
    expect(family.prompt(hand)).toBe('AP_LE[R13][S1][V]:')
    expect(family.solve(hand)).toEqual({ steps: ['[S1][V]NCYR', '[V]CYRN', 'NRYC'], answer: 'NRYC' })
    expect(family.judge(hand, 'NRYC')).toBe(true)
    for (const near of ['nryc', 'N R Y C', 'NRY', 'NRYCN', 'CYRN', 'N_RYC', '']) {
      expect(family.judge(hand, near)).not.toBe(true)
    }
  })

  it('agrees with a solver that reads only the prompt', () => {
    for (const level of [1, 2, 3, 4, 5]) {
      for (let i = 0; i < 40; i++) {
        const problem = alchemy.problem('train', i, {
          level,
          noise: (i % 3) / 4,
          rotate: 1 + (i % 25),
          shift: 1 + (i % 4),
        })
        const instance = alchemy.instance(problem)
        const rng = stream('alchemy', level, i)
        expect(solvePrompt(problem.prompt as string)).toBe(problem.answer)
        expect(family.wrongAnswer(instance, rng)).not.toBe(problem.answer)
        expect(solvePrompt(family.prompt(family.perturb!(instance, rng)!))).not.toBe(problem.answer)
        const { prompt, answer } = family.invert!(instance, rng)!
        const [, chain, result] = /^\?(.*)=([A-Z]+):$/.exec(prompt)!
        expect(solvePrompt(`${answer}${chain}:`)).toBe(result)
      }
    }
  })

  it('puts each composition on one side of the knob', () => {
    const seen = (compositions: string) =>
      new Set(
        Array.from({ length: 200 }, (_, i) =>
          alchemy.instance(alchemy.problem('train', i, { level: 2, compositions })).operations.join(),
        ),
      )
    expect([...seen('held-out')].sort()).toEqual(['R13,R13', 'S1,V', 'V,S1'])
    expect(seen('train').size).toBe(6)
  })

  it('gives noisy and clean prompts the same content', () => {
    expect(family.content?.(hand)).toBe(family.content?.({ ...hand, noise: [0, 0, 0, 0] }))
  })

  it('scores steps from what was written before and carries a slip on', () => {
    expect(family.stepScores!(hand, ['[S1][V]NCYX', '[V]CYXN', 'NRYC', 'NRYC'])).toEqual([0, 1, 0, 0])
    expect(family.stepScores!(hand, ['NCYR', '[V]'])).toEqual([0, 0])
    for (let i = 0; i < 10; i++) {
      const { steps, answer } = family.wrongSolution!(hand, stream('slip', i))
      expect(answer).not.toBe('NRYC')
      expect(family.stepScores!(hand, steps).filter((score) => score === 0)).toHaveLength(1)
    }
  })

  it('passes the battery', async () => {
    expect((await checkTask(alchemy, { problems: 3, seed: 5 })).failures).toEqual([])
  })
})
