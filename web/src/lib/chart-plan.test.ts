import { expect, test } from 'vitest'
import { planChart } from './chart-plan.ts'

const plain = { name: 'a', x: [1, 2], y: [0.5, 2] }

test('bands lie below raw values, and these below lines', () => {
  const banded = { name: 'b', x: [2, 3], y: [1, 2], low: [0, 1], high: [2, 3] }
  const plan = planChart([plain, banded], { smoothing: 0.5 })
  expect(plan.lines.map(({ role, source }) => [role, source])).toEqual([
    ['high', 1],
    ['low', 1],
    ['raw', 0],
    ['raw', 1],
    ['main', 0],
    ['main', 1],
  ])
  expect(plan.axis).toEqual([1, 2, 3])
  expect(plan.lines[2].values).toEqual([0.5, 2, undefined])
})

test('the legend keeps what was recorded, whatever is drawn', () => {
  const plan = planChart([plain], { smoothing: 0.9, logY: true })
  expect(plan.recorded[0].y).toEqual([0.5, 2])
  expect(plan.lines.at(-1)?.values).not.toEqual([0.5, 2])
})

test('a log scale hides what is not above zero and says how much', () => {
  const plan = planChart([{ name: 'a', x: [1, 2, 3], y: [0, -1, 2] }], { logY: true })
  expect([plan.isLog, plan.hiddenByLog, plan.lines[0].values]).toEqual([true, 2, [null, null, 2]])
})

test('a log scale is not used where it could show nothing', () => {
  const plan = planChart([{ name: 'a', x: [1, 2], y: [0, null] }], { logY: true })
  expect([plan.isLog, plan.hiddenByLog, plan.lines[0].values]).toEqual([false, 1, [0, null]])
})

test('new values keep the shape, another look changes it', () => {
  const { shape } = planChart([plain])
  expect(planChart([{ ...plain, x: [1, 2, 3], y: [1, 2, 3] }]).shape).toBe(shape)
  expect(planChart([{ ...plain, color: 3 }]).shape).not.toBe(shape)
  expect(planChart([plain], { smoothing: 0.1 }).shape).not.toBe(shape)
})
