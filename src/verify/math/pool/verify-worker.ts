// Entry of a worker thread that verifies mathematics. Started by the pool and by nothing else.
import { verifyMath } from '../verify-math.ts'
import { servePairs } from './serve-pairs.ts'

servePairs(({ gold, prediction }, options) => verifyMath(gold, prediction, options))
