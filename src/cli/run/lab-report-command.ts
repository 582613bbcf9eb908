// What `gradus lab report` does: reads a lab's folder and prints what was found, and with --html writes the page. It runs nothing.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { writeFileAtomic } from '../../base/atomic-file.ts'
import { GradusError } from '../../base/error.ts'
import { labCurves, labPage, listManifests, pagePath, readLabRuns, reportPath, resultsOf } from '../../lab/index.ts'
import { renderReport } from '../../store/index.ts'
import type { Shell } from '../io.ts'
import { describeLab } from './lab-text.ts'
import { prepareOutputFile } from './output-file.ts'

/** Options of the verb. */
export interface LabReportOptions {
  readonly testbed?: string
  readonly html?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `usage/no-lab`, `usage/bad-option`, `store/bad-lab`, `store/not-writable` */
export function labReportCommand(dir: string, { testbed, html, json, quiet }: LabReportOptions, { io }: Shell): void {
  const out = resolve(dir)
  const manifests = listManifests(out)
  const names = manifests.map((manifest) => manifest.testbed)
  const manifest = testbed === undefined ? manifests[0] : manifests.find((one) => one.testbed === testbed)
  if (manifest === undefined) {
    const what = testbed === undefined ? 'a lab' : `results of testbed "${testbed}"`
    throw new GradusError('usage/no-lab', `${dir} does not hold ${what}`, {
      hint: names.length > 0 ? `It holds those of ${names.join(', ')}.` : 'Make one with gradus lab run --out DIR.',
    })
  }
  const others = names.filter((name) => name !== manifest.testbed)
  if (testbed === undefined && others.length > 0 && !quiet) {
    io.err(`The latest results are shown; with --testbed there are those of ${others.join(', ')}.\n`)
  }
  if (html !== undefined) prepareOutputFile(html, '--html', 'lab.html')
  const runs = readLabRuns(out, manifest)
  const results = resultsOf(manifest, runs)
  if (html !== undefined) {
    writeFileAtomic(html, renderReport(labPage({ results, curves: labCurves(runs), at: manifest.at })))
    if (!quiet) io.err(`wrote ${html}\n`)
  }
  const [report, page] = [reportPath, pagePath].map((pathOf) => pathOf(out, manifest.testbed))
  const found = existsSync(report) ? report : undefined
  const reports = [report, page].filter((path) => existsSync(path))
  io.out(json ? `${JSON.stringify({ ...results, report: found })}\n` : describeLab(results, reports))
}
