// Families of logic and constraints, as a list for the catalog. Nothing else is known here.
import type { Task } from '../../contracts/index.ts'
import { boolExpr } from './bool-expr.ts'
import { dsep } from './dsep.ts'
import { futoshiki } from './futoshiki.ts'
import { minesweeper } from './minesweeper.ts'
import { nqueensFill } from './nqueens-fill.ts'
import { propInfer } from './prop-infer.ts'
import { sat } from './sat.ts'
import { selfRef } from './self-ref.ts'
import { sudoku } from './sudoku.ts'
import { transitivity } from './transitivity.ts'
import { zebraMini } from './zebra-mini.ts'

/** Logic and constraints. */
export const familiesB: readonly Task[] = [
  sat,
  zebraMini,
  sudoku,
  futoshiki,
  nqueensFill,
  minesweeper,
  boolExpr,
  propInfer,
  transitivity,
  dsep,
  selfRef,
]
