// The last word of continuous integration: `Tests: N passed, N failed` from vitest's JSON reports. A test that ran in
// several reports counts once, as failed if it failed in any. A step that failed outside vitest counts as one failure.
// Use: tsx scripts/test-summary.ts STEP.json... [--failed STEP]...; exit 1 when anything failed.
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

/** The part of vitest's JSON report that is read. */
export interface Report {
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly message: string
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[]
  }[]
}

/** Counts of tests and the names of what failed. */
export interface Summary {
  readonly passed: number
  readonly failures: readonly string[]
}

/**
 * Joins reports, by the name of the step that wrote them (undefined: it wrote none), and failed steps. A failed step
 * counts by itself unless its report already says which test failed.
 */
export function summarise(reports: ReadonlyMap<string, Report | undefined>, failedSteps: readonly string[]): Summary {
  const passed = new Set<string>()
  const failures = new Set<string>()
  const explained = new Set<string>()
  for (const [step, report] of reports) {
    const found = report === undefined ? [`${step}: no report was written`] : failuresIn(report)
    if (found.length > 0) explained.add(step)
    for (const failure of found) failures.add(failure)
    for (const file of report?.testResults ?? []) {
      for (const test of file.assertionResults)
        if (test.status === 'passed') passed.add(nameOf(file.name, test.fullName))
    }
  }
  for (const step of failedSteps) if (!explained.has(step)) failures.add(`step ${step}`)
  return { passed: [...passed].filter((name) => !failures.has(name)).length, failures: [...failures] }
}

function nameOf(file: string, test: string): string {
  return `${file} > ${test}`
}

function failuresIn(report: Report): string[] {
  return report.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    if (failed.length > 0) return failed.map((test) => nameOf(file.name, test.fullName))
    // A file that could not be loaded has no tests to blame.
    return file.status === 'failed' ? [`${file.name}: ${file.message.split('\n')[0]}`] : []
  })
}

function main(): void {
  const options = { failed: { type: 'string', multiple: true } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const read = (path: string) => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : undefined)
  const reports = new Map(positionals.map((path) => [basename(path, '.json'), read(path)]))
  const { passed, failures } = summarise(reports, values.failed ?? [])
  for (const failure of failures) console.log(`failed: ${failure.replace(`${process.cwd()}/`, '')}`)
  console.log(`Tests: ${passed} passed, ${failures.length} failed`)
  process.exitCode = failures.length > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
