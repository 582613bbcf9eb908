// `tsx scripts/task-speed.ts [--json]`: how many problems a second each task of the catalogue draws at level 3 (or its
// middle level) from the train split, and solves. Short and rough: for finding a slow task, not for comparing versions.
import { performance } from 'node:perf_hooks'
import type { Task } from '../src/contracts/index.ts'
import { tasks } from '../src/tasks/catalog.ts'

/** Time for one figure; two figures a task. */
const budgetMs = 120
const warmUp = 20

interface Speed {
  readonly task: string
  readonly level: number
  readonly problemsPerSecond: number
  readonly testProblemsPerSecond: number
}

function perSecond(work: (i: number) => void): number {
  for (let i = 0; i < warmUp; i++) work(i)
  const start = performance.now()
  let done = 0
  let elapsed = 0
  while (elapsed < budgetMs) {
    work(warmUp + done++)
    elapsed = performance.now() - start
  }
  return Math.round((done / elapsed) * 1000)
}

function speedOf(task: Task): Speed {
  const level = task.levels.includes(3) ? 3 : task.levels[Math.floor(task.levels.length / 2)]
  return {
    task: task.id,
    level,
    problemsPerSecond: perSecond((i) => task.problem('train', i, { level })),
    testProblemsPerSecond: perSecond((i) => task.problem('test', i, { level })),
  }
}

const speeds = tasks.map(speedOf)
if (process.argv.includes('--json')) console.log(JSON.stringify(speeds, null, 2))
else {
  const width = Math.max(...speeds.map(({ task }) => task.length))
  console.log(`${'task'.padEnd(width)}  level  train/s  test/s`)
  for (const { task, level, problemsPerSecond, testProblemsPerSecond } of speeds) {
    console.log(
      `${task.padEnd(width)}  ${String(level).padStart(5)}  ${String(problemsPerSecond).padStart(7)}  ${String(testProblemsPerSecond).padStart(6)}`,
    )
  }
}
