// A vitest reporter that names what was skipped and what it would need. With GRADUS_REQUIRE_ALL=1 (continuous
// integration) a skipped test makes the run fail. It does not decide what is skipped: tests do, with `skipIf`.
import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** What a whole project needs beyond `npm ci`. */
const needs: Readonly<Record<string, string>> = {
  parity: 'needs the Python environment: bash scripts/python-env.sh',
  counterparts: 'needs the Python environment: bash scripts/python-env.sh counterparts',
  e2e: 'needs llama.cpp: bash scripts/llama-cpp-env.sh',
  browser: 'needs Chromium on the path',
}

/** One line per project with skipped tests, and `failed` when skipping is not allowed. */
export function describeSkips(
  skipped: ReadonlyMap<string, number>,
  requireAll: boolean,
): { readonly lines: readonly string[]; readonly failed: boolean } {
  const lines = [...skipped].map(([project, count]) => {
    const reason = needs[project] ?? 'see skipIf in these tests'
    return `skipped: ${count} ${project} test${count === 1 ? '' : 's'} (${reason})`
  })
  const failed = requireAll && lines.length > 0
  return { lines: failed ? [...lines, 'GRADUS_REQUIRE_ALL=1: nothing may be skipped'] : lines, failed }
}

/** Prints the skipped tests of a run to stderr; a run filtered by name or tag skips on purpose and is left alone. */
export default class SkipReporter implements Reporter {
  private isFiltered = false

  onInit(vitest: Vitest): void {
    const { testNamePattern, tagsFilter } = vitest.config
    this.isFiltered = testNamePattern !== undefined || (tagsFilter ?? []).length > 0
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (this.isFiltered) return
    const skipped = new Map<string, number>()
    for (const module of modules) {
      const count = [...module.children.allTests('skipped')].length
      if (count > 0) skipped.set(module.project.name, (skipped.get(module.project.name) ?? 0) + count)
    }
    const { lines, failed } = describeSkips(skipped, process.env.GRADUS_REQUIRE_ALL === '1')
    for (const line of lines) console.error(line)
    if (failed) process.exitCode = 1
  }
}
