import { describe, expect, it } from 'vitest'
import { Spending } from './spending.ts'

const worst = { prompt: 10, completion: 20 }

describe('a budget', () => {
  it('counts what the server says, or a guess, or nothing for what was never answered', async () => {
    const spending = new Spending()
    const told = await spending.reserve(worst)
    told.settle({ prompt_tokens: 9, completion_tokens: 5 })
    told.settle({ prompt_tokens: 9, completion_tokens: 5 })
    ;(await spending.reserve(worst)).settle(undefined, { prompt: 3, completion: 4 })
    ;(await spending.reserve(worst)).settle()
    expect(spending.usage).toEqual({ requests: 3, promptTokens: 12, completionTokens: 9, guessed: 1, failures: 0 })
  })

  it('of requests ends after that many', async () => {
    const spending = new Spending({ requests: 2 })
    await spending.reserve(worst)
    await spending.reserve(worst)
    await expect(spending.reserve(worst)).rejects.toMatchObject({ code: 'remote/budget-spent' })
  })

  it('of tokens is never passed: what may not fit waits until others are settled', async () => {
    const spending = new Spending({ tokens: 70 })
    const first = await spending.reserve(worst)
    await spending.reserve(worst)
    let isIn = false
    const third = spending.reserve(worst).then((reserved) => {
      isIn = true
      return reserved
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isIn).toBe(false)
    first.settle({ prompt_tokens: 10, completion_tokens: 0 })
    await third
    expect(isIn).toBe(true)
  })

  it('of tokens refuses what would not fit even then', async () => {
    const spending = new Spending({ tokens: 50 })
    const first = await spending.reserve(worst)
    const second = spending.reserve(worst)
    first.settle({ prompt_tokens: 10, completion_tokens: 20 })
    await expect(second).rejects.toMatchObject({ message: expect.stringContaining('30 used, 30 more') })
    await expect(spending.reserve({ prompt: 51, completion: 0 })).rejects.toMatchObject({ code: 'remote/budget-spent' })
  })
})
