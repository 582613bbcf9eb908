import { describe, expect, it } from 'vitest'
import type { Claim } from './knights-knaves.ts'
import { checkKnightsKnaves } from './knights-knaves.ts'

const knight = (person: number): Claim => ({ kind: 'is', person, knight: true })
const knave = (person: number): Claim => ({ kind: 'is', person, knight: false })

function answers(statements: readonly Claim[]): string[] {
  return Array.from({ length: 2 ** statements.length }, (_, i) =>
    i.toString(2).padStart(statements.length, '0'),
  ).filter(
    (bits) =>
      checkKnightsKnaves(
        statements,
        [...bits].map((bit) => bit === '1'),
      ).kind === 'right',
  )
}

describe('checkKnightsKnaves', () => {
  it('finds the known answers of the classic puzzles', () => {
    // "We are both knaves": the speaker is a knave, the other a knight.
    expect(
      answers([
        { kind: 'and', parts: [knave(0), knave(1)] },
        { kind: 'not', of: knight(0) },
      ]),
    ).toEqual(['01'])
    // "If I am a knight, so is he": both are.
    expect(answers([{ kind: 'if', parts: [knight(0), knight(1)] }, knight(0)])).toEqual(['11'])
    expect(answers([knave(0)])).toEqual([])
    expect(answers([{ kind: 'or', parts: [knave(0), knight(1)] }, knight(1)])).toEqual(['11'])
    expect(answers([{ kind: 'iff', parts: [knight(0), knight(1)] }, knave(0)])).toEqual(['01'])
  })

  it('says who does not fit, and how many do', () => {
    expect(checkKnightsKnaves([knight(1), knave(1)], [true, true])).toMatchObject({
      kind: 'wrong',
      reason: 'person 2 would be a knight and say what is false',
      parts: { rules: 1 / 2 },
    })
    expect(checkKnightsKnaves([knight(1), knave(1)], [true]).kind).toBe('wrong')
  })

  it('fails on statements that make no sense or are too deep', () => {
    let deep: Claim = knight(0)
    for (let i = 0; i < 1000; i++) deep = { kind: 'not', of: deep }
    const broken: Claim[] = [deep, knight(7), { kind: 'if', parts: [knight(0)] }, { kind: 'and', parts: [knight(-1)] }]
    for (const claim of broken) expect(checkKnightsKnaves([claim], [true]).kind).toBe('failed')
    expect(checkKnightsKnaves([], []).kind).toBe('failed')
  })
})
