// Entry of a thread that verifies completions of one task. Started by the pool and by nothing else.
import { workerData } from 'node:worker_threads'
import { findTask } from '../../tasks/index.ts'
import type { ThreadStart } from './thread-messages.ts'
import { verifyJobs } from './verify-jobs.ts'

const task = findTask((workerData as ThreadStart).task)
verifyJobs((problem, completion) => task.verify(problem, completion))
