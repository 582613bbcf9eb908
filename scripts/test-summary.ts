// The last word of continuous integration: `Tests: N passed, N failed` from vitest's JSON reports. A test that ran in
// several reports counts once, as failed if it failed in any. A step that failed outside vitest counts as one failure.
// Use: tsx scripts/test-summary.ts REPORT.json... [--failed STEP]...; exit 1 when anything failed.
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
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

/** Joins reports (undefined: a run that wrote none) and failed steps. */
export function summarise(reports: readonly (Report | undefined)[], failedSteps: readonly string[]): Summary {
  const passed = new Set<string>()
  const failures = new Set<string>(failedSteps.map((step) => `step ${step}`))
  for (const report of reports) {
    if (report === undefined) failures.add('a test run wrote no report')
    for (const file of report?.testResults ?? []) {
      for (const test of file.assertionResults) {
        const name = `${file.name} > ${test.fullName}`
        if (test.status === 'passed') passed.add(name)
        if (test.status === 'failed') failures.add(name)
      }
      // A file that could not be loaded has no tests to blame.
      if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
        failures.add(`${file.name}: ${file.message.split('\n')[0]}`)
      }
    }
  }
  return { passed: [...passed].filter((name) => !failures.has(name)).length, failures: [...failures] }
}

function main(): void {
  const options = { failed: { type: 'string', multiple: true } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const reports = positionals.map((path) =>
    existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : undefined,
  )
  const { passed, failures } = summarise(reports, values.failed ?? [])
  for (const failure of failures) console.log(`failed: ${failure.replace(`${process.cwd()}/`, '')}`)
  console.log(`Tests: ${passed} passed, ${failures.length} failed`)
  process.exitCode = failures.length > 0 ? 1 : 0
}

if (relative(process.argv[1] ?? '', fileURLToPath(import.meta.url)) === '') main()
