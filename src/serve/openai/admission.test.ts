import { describe, expect, it } from 'vitest'
import { ApiError } from '../http/api-error.ts'
import { Admission } from './admission.ts'

const refusal = (take: () => unknown): ApiError => {
  try {
    take()
  } catch (error) {
    if (error instanceof ApiError) return error
  }
  throw new Error('was not refused')
}

describe('Admission', () => {
  it('takes samples up to rows and queue together, and again when some have left', () => {
    const admission = new Admission({ rows: 2, waiting: 3 })
    const release = admission.take(3)
    admission.take(2)
    expect(refusal(() => admission.take(1))).toMatchObject({
      status: 429,
      code: 'queue_full',
      headers: { 'retry-after': '1' },
    })
    release()
    release()
    expect(admission.taken).toBe(2)
    admission.take(3)
    expect(admission.taken).toBe(5)
  })

  it('says for good that a request is too large for an idle server', () => {
    expect(refusal(() => new Admission({ rows: 2, waiting: 3 }).take(6))).toMatchObject({ status: 400, param: 'n' })
  })
})
