// Where an evaluation goes: NAME.json, and beside it NAME.samples.jsonl with a line a sample; the form that a run has in
// evals/. Reading one back is src/compare's.
import { writeFileAtomic, writeJsonAtomic } from '../../base/atomic-file.ts'
import type { Json } from '../../base/json.ts'
import type { EvalSampleRow } from '../../contracts/index.ts'

const samplesPath = (path: string): string => `${path.replace(/\.json$/, '')}.samples.jsonl`

/** Writes both files, the samples first: where the result is, they are whole. */
export function writeEvaluationFile(path: string, result: Json, samples: readonly EvalSampleRow[]): void {
  writeFileAtomic(samplesPath(path), samples.map((row) => `${JSON.stringify(row)}\n`).join(''))
  writeJsonAtomic(path, result)
}
