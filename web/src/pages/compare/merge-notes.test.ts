import { expect, test } from 'vitest'
import { mergeNotes } from './merge-notes.ts'

const names = new Map([
  ['lab/runs/a', 'a'],
  ['lab/runs/ab', 'ab'],
])

test('mergeNotes says once what is said of several runs, by their short names', () => {
  const notes = [
    'pass@1, differences from lab/runs/ab, paired by problem',
    'lab/runs/a: one seed',
    'lab/runs/ab: one seed',
    'lab/runs/ab: 3 of 5 seeds are finished',
    'pass@1, differences from lab/runs/ab, paired by problem',
  ]
  expect(mergeNotes(notes, names)).toEqual([
    'pass@1, differences from ab, paired by problem',
    'a, ab: one seed',
    'ab: 3 of 5 seeds are finished',
  ])
})

test('mergeNotes leaves words alone that are also the name of a run', () => {
  expect(mergeNotes(['differences by problem'], new Map([['problem', 'problem']]))).toEqual(['differences by problem'])
})
