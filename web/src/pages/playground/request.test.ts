// From the address to a request.
import { describe, expect, it } from 'vitest'
import { askedProblem, bounds, chosenModel, numberIn } from './request.ts'

const models = [
  { run: 'a', checkpoints: [0, 20, 40], task: 'countdown' },
  { run: 'b/c', checkpoints: [7], task: 'chain-arithmetic' },
]
const fields = { kind: 'task', text: '', answer: '', seed: '', index: '', level: '' } as const

describe('numbers of an address', () => {
  it.each([
    ['', 4],
    ['8', 8],
    ['99', 16],
    ['-3', 1],
    ['2.9', 2],
    ['many', 4],
    ['Infinity', 4],
  ])('%j samples are %d', (text, count) => {
    expect(numberIn(text, bounds.samples)).toBe(count)
  })

  it('may have parts where they may', () => {
    expect(numberIn('0.7', bounds.temperature)).toBe(0.7)
  })
})

describe('the model that is chosen', () => {
  it('is the first with its last checkpoint when the address names none', () => {
    expect(chosenModel(models, '', '')).toEqual({ model: models[0], checkpoint: 40, isOther: false })
  })

  it('is the one that the address names', () => {
    expect(chosenModel(models, 'a', '0')).toEqual({ model: models[0], checkpoint: 0, isOther: false })
    expect(chosenModel(models, 'b/c', '')).toEqual({ model: models[1], checkpoint: 7, isOther: false })
  })

  it('is another, and says so, when that is gone', () => {
    expect(chosenModel(models, 'gone', '3')).toEqual({ model: models[0], checkpoint: 40, isOther: true })
    expect(chosenModel(models, 'b/c', '3')).toMatchObject({ checkpoint: 7, isOther: true })
  })
})

describe('the problem that is asked', () => {
  it('is one of the task by seed and index, with a level where one is named', () => {
    expect(askedProblem(fields)).toEqual({ seed: 0, index: 0 })
    expect(askedProblem({ ...fields, seed: '3', index: '5', level: '0' })).toEqual({ seed: 3, index: 5, level: 0 })
    expect(askedProblem({ ...fields, level: 'high' })).toEqual({ seed: 0, index: 0 })
  })

  it('is what was typed, as it was typed, with an answer that is not blank', () => {
    expect(askedProblem({ ...fields, kind: 'typed', text: ' 1+1= ' })).toEqual({ text: ' 1+1= ' })
    expect(askedProblem({ ...fields, kind: 'typed', text: '1+1=', answer: '2' })).toEqual({ text: '1+1=', answer: '2' })
    expect(askedProblem({ ...fields, kind: 'typed', text: '1+1=', answer: ' ' })).toEqual({ text: '1+1=' })
  })

  it('is none before anything is typed', () => {
    expect(askedProblem({ ...fields, kind: 'typed' })).toBeUndefined()
  })
})
