// Both reports of a lab's chosen testbed from one reading of its runs: report.md, and report.html beside it.
import { writeFileAtomic } from '../base/atomic-file.ts'
import { renderReport } from '../store/index.ts'
import { labCurves } from './curves.ts'
import type { Manifest } from './manifest.ts'
import { labMarkdown, reportPath } from './markdown.ts'
import { labPage, pagePath } from './page/lab-page.ts'
import { type LabResults, readLabRuns, resultsOf } from './results.ts'

/** What was found and where it was written. */
export interface WrittenReport {
  readonly results: LabResults
  /** report.md. */
  readonly path: string
  /** report.html. */
  readonly page: string
}

/** Reads the lab and writes its reports. @throws `store/not-writable`, `store/disk-full` */
export function writeLabReport(out: string, manifest: Manifest): WrittenReport {
  const runs = readLabRuns(out, manifest)
  const results = resultsOf(manifest, runs)
  const [path, page] = [reportPath(out, manifest.testbed), pagePath(out, manifest.testbed)]
  writeFileAtomic(path, labMarkdown(results))
  writeFileAtomic(page, renderReport(labPage({ results, curves: labCurves(runs), at: manifest.at })))
  return { results, path, page }
}
