// Families of arithmetic and rules: sums, products, bases, equations, graphs of quantities, rules from examples.
import type { Task } from '../../contracts/index.ts'
import { baseConv } from './base-conv.ts'
import { chainSum } from './chain-sum.ts'
import { exprMod } from './expr-mod.ts'
import { gcdLcm } from './gcd-lcm.ts'
import { graphLa } from './graph-la.ts'
import { gsmDag } from './gsm-dag.ts'
import { linEq } from './lin-eq.ts'
import { listFn } from './list-fn.ts'
import { longMul } from './long-mul.ts'
import { newOp } from './new-op.ts'

/** The families of this group. */
export const familiesA: readonly Task[] = [
  chainSum,
  exprMod,
  longMul,
  baseConv,
  gcdLcm,
  linEq,
  gsmDag,
  graphLa,
  listFn,
  newOp,
]
