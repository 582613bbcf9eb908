// Families about strings, sequences and states: what is read, followed or rewritten sign by sign. A list only.
import type { Task } from '../../contracts/index.ts'
import { alchemy } from './alchemy.ts'
import { arc1d } from './arc1d.ts'
import { cipher } from './cipher.ts'
import { cryptarithm } from './cryptarithm.ts'
import { dyck } from './dyck.ts'
import { findSpan } from './find-span.ts'
import { kg2hop } from './kg2hop.ts'
import { lego } from './lego.ts'
import { progExec } from './prog-exec.ts'
import { rewriteAb } from './rewrite-ab.ts'
import { sorting } from './sorting.ts'
import { stateTrack } from './state-track.ts'
import { stringFn } from './string-fn.ts'

/** Families of this list, in alphabetical order of their ids. */
export const familiesC: readonly Task[] = [
  alchemy,
  arc1d,
  cipher,
  cryptarithm,
  dyck,
  findSpan,
  kg2hop,
  lego,
  progExec,
  rewriteAb,
  sorting,
  stateTrack,
  stringFn,
]
