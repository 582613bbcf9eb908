// Runs Python scripts of this folder in the environment of scripts/python-env.sh, and the guard for tests that need it.
// Without the environment such tests are skipped and say so; with GRADUS_REQUIRE_ALL set they fail instead.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))
const environment = resolve(here, '../..', process.env.GRADUS_PYTHON_ENV ?? '.venv')

/** Whether the environment is there, whole and of the versions asked for. */
export const hasPython = isComplete()

function isComplete(): boolean {
  const stamp = join(environment, 'gradus-requirements.txt')
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === readFileSync(join(here, 'requirements.txt'), 'utf8')
}

/** What a Python script printed on stdout; rejects with its stderr when it fails. `script` is a file of this folder. */
export function python(script: string, args: readonly string[]): Promise<string> {
  const env = { ...process.env, HF_HUB_OFFLINE: '1', TRANSFORMERS_VERBOSITY: 'error', OMP_NUM_THREADS: '2' }
  return new Promise((settle, reject) => {
    const child = spawn(join(environment, 'bin', 'python'), [join(here, script), ...args], { env })
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) settle(output.stdout)
      else reject(new Error(`${script} ended with ${code}:\n${output.stderr.slice(-4000)}`))
    })
  })
}

/** `describe` for tests that need Python. */
export function describeWithPython(name: string, tests: () => void): void {
  const reason = 'needs Python (run scripts/python-env.sh)'
  if (hasPython) describe(name, tests)
  else if (process.env.GRADUS_REQUIRE_ALL) {
    it(name, () => {
      throw new Error(`${reason}, and GRADUS_REQUIRE_ALL is set`)
    })
  } else it.skip(`${name}: skipped: ${reason}`, () => {})
}
