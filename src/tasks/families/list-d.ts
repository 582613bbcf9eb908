// Search, planning, proofs and counting: the families of this list, for the catalogue.
import type { Task } from '../../contracts/index.ts'
import { arrangements } from './arrangements.ts'
import { counterexample } from './counterexample.ts'
import { eqProof } from './eq-proof.ts'
import { graphColor } from './graph-color.ts'
import { gridPath } from './grid-path.ts'
import { plan } from './plan.ts'

export const familiesD: readonly Task[] = [gridPath, plan, counterexample, eqProof, graphColor, arrangements]
