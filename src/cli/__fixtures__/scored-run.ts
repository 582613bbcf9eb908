// Run directories made from what each sample was judged; they are made where runs are compared.
export { type Judged, makeScoredRun, type ScoredRun, samplesOf } from '../../compare/__fixtures__/scored-run.ts'
