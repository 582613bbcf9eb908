// What `gradus lab report` does: reads a lab's folder and prints what was found. It runs and writes nothing.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { GradusError } from '../../base/error.ts'
import { listManifests, readResults, reportPath } from '../../lab/index.ts'
import type { Shell } from '../io.ts'
import { describeLab } from './lab-text.ts'

/** Options of the verb. */
export interface LabReportOptions {
  readonly testbed?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** Runs the verb. @throws `usage/no-lab`, `store/bad-lab` */
export function labReportCommand(dir: string, { testbed, json, quiet }: LabReportOptions, { io }: Shell): void {
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
  const results = readResults(out, manifest)
  const report = reportPath(out, manifest.testbed)
  const found = existsSync(report) ? report : undefined
  io.out(json ? `${JSON.stringify({ ...results, report: found })}\n` : describeLab(results, found))
}
