import { basename } from 'node:path'
import { expect, it } from 'vitest'
import { evaluationOf, evaluationPaths, stepName, stepOf } from './layout.ts'

it('finds the task and the step of the files that it names', () => {
  for (const task of ['countdown', 'a/b', 'with @ and %', 'été']) {
    expect(evaluationOf(basename(evaluationPaths('run', task, 40).result))).toEqual({ task, step: 40 })
  }
  expect(stepOf(stepName(7))).toBe(7)
})

it('finds nothing in other names', () => {
  for (const name of ['x.json', '@1.json', 'x@y.json', 'x@1.samples.jsonl', '%zz@1.json']) {
    expect(evaluationOf(name)).toBeUndefined()
  }
  expect(stepOf('step-1')).toBeUndefined()
})
