// The guard for tests that need llama.cpp: without the environment of scripts/llama-cpp-env.sh they are skipped and say
// so; with GRADUS_REQUIRE_ALL set they fail instead.
import { describe, it } from 'vitest'
import { hasLlama } from './llama.ts'

/** `describe` for tests that need llama.cpp. */
export function describeWithLlama(name: string, tests: () => void): void {
  const reason = 'needs llama.cpp (run scripts/llama-cpp-env.sh)'
  if (hasLlama) describe(name, tests)
  else if (process.env.GRADUS_REQUIRE_ALL) {
    it(name, () => {
      throw new Error(`${reason}, and GRADUS_REQUIRE_ALL is set`)
    })
  } else it.skip(`${name}: skipped: ${reason}`, () => {})
}
