// Five kinds of tests. unit: beside the source, no network, no Python. e2e: the command line as a user runs it, and
// batteries over whole catalogues.
// parity: against Hugging Face transformers, needs Python. counterparts: with real servers and clients of other projects,
// needs Python too. browser: needs Chromium. What is missing on this machine is
// skipped and named at the end; with GRADUS_REQUIRE_ALL=1 a skipped test is a failure.
import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  // Files of unit tests share processes, and with them the modules that they import: half of their time was importing.
  test: { name, include, exclude, isolate: name !== 'unit' },
})

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    // Some hooks train a model.
    hookTimeout: 120_000,
    reporters: ['default', './scripts/skip-reporter.ts'],
    tags: [
      { name: 'slow', description: 'Takes more than ten seconds; left out of npm run test:unit.', timeout: 300_000 },
    ],
    projects: [
      project('unit', ['src/**/*.test.ts', 'web/**/*.test.ts', 'scripts/**/*.test.ts']),
      project('e2e', ['test/**/*.test.ts'], ['test/parity/**', 'test/browser/**', 'test/counterparts/**']),
      project('parity', ['test/parity/**/*.test.ts']),
      project('counterparts', ['test/counterparts/**/*.test.ts']),
      project('browser', ['test/browser/**/*.test.ts']),
    ],
  },
})
