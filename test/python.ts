// Python for tests: the environments of scripts/python-env.sh, how a script is run in one, and the guard for tests that
// need one. Without it such tests are skipped and say so; with GRADUS_REQUIRE_ALL set they fail instead.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'vitest'

const here = fileURLToPath(new URL('.', import.meta.url))

/** An environment, by what scripts/python-env.sh calls it. */
export interface PythonEnvironment {
  /** Whether it is there, whole and of the versions asked for. */
  readonly isThere: boolean
  /** Its interpreter. */
  readonly interpreter: string
  /** What a script printed on stdout; rejects with its stderr when it fails. `script` is a file below test/. */
  run(script: string, args: readonly string[]): Promise<string>
  /** `describe` for tests that need it. */
  describe(name: string, tests: () => void): void
}

/** Of the parity tests. */
export const parity = environment('.venv', process.env.GRADUS_PYTHON_ENV, 'parity')

/** Of the tests against real servers and clients. */
export const counterparts = environment('.venv-counterparts', process.env.GRADUS_COUNTERPARTS_ENV, 'counterparts')

function environment(usual: string, given: string | undefined, name: string): PythonEnvironment {
  const folder = resolve(here, '..', given ?? usual)
  const stamp = join(folder, 'gradus-requirements.txt')
  const wanted = readFileSync(join(here, name, 'requirements.txt'), 'utf8')
  const isThere = existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted
  const interpreter = join(folder, 'bin', 'python')
  return {
    isThere,
    interpreter,
    run: (script, args) => runPython(interpreter, join(here, script), args),
    describe(title, tests) {
      const reason = `needs Python (run scripts/python-env.sh ${name})`
      if (isThere) describe(title, tests)
      else if (process.env.GRADUS_REQUIRE_ALL) {
        it(title, () => {
          throw new Error(`${reason}, and GRADUS_REQUIRE_ALL is set`)
        })
      } else it.skip(`${title}: skipped: ${reason}`, () => {})
    },
  }
}

function runPython(interpreter: string, script: string, args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    HF_HUB_OFFLINE: '1',
    TRANSFORMERS_OFFLINE: '1',
    TRANSFORMERS_VERBOSITY: 'error',
    OMP_NUM_THREADS: '2',
  }
  return new Promise((settle, reject) => {
    const child = spawn(interpreter, [script, ...args], { env })
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
