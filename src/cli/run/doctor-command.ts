// What `gradus doctor` looks at: each fact with a value and whether it is good enough. A missing Python is no fault.
import { spawnSync } from 'node:child_process'
import { existsSync, statfsSync } from 'node:fs'
import { availableParallelism, freemem, totalmem } from 'node:os'
import { dirname, resolve } from 'node:path'
import { listSupportedBackends } from 'onnxruntime-node'
import { messageOf } from '../../base/error.ts'
import { MatmulProbe } from '../../bench/index.ts'
import { type ExitCode, exitCodes } from '../exit-code.ts'
import type { Shell } from '../io.ts'
import { compileProbe } from './doctor-probe.ts'
import { processClock, runtimeVersion } from './host-facts.ts'
import { textTable } from './text-table.ts'

interface Finding {
  readonly check: string
  readonly value: string
  /** `missing` is a fact, not a fault. */
  readonly state: 'ok' | 'missing' | 'bad'
  readonly hint?: string
}

const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`

/** Runs the verb. */
export async function doctorCommand(
  { runs, json }: { runs: string; json?: boolean },
  { io }: Shell,
): Promise<ExitCode> {
  const findings = [
    nodeVersion(),
    { check: 'onnxruntime', value: runtimeVersion() ?? 'not found', state: runtimeVersion() ? 'ok' : 'bad' } as const,
    providers(),
    { check: 'cores', value: String(availableParallelism()), state: 'ok' } as const,
    memory(),
    disk(runs),
    await tinyTraining(),
    python(),
  ]
  const ok = findings.every(({ state }) => state !== 'bad')
  if (json) io.out(`${JSON.stringify({ ok, findings })}\n`)
  else
    io.out(
      `${textTable(
        ['check', 'found', ''],
        findings.map((f) => [f.check, f.value, f.state === 'ok' ? 'ok' : `${f.state}: ${f.hint}`]),
      )}\n`,
    )
  return ok ? exitCodes.ok : exitCodes.checkFailed
}

function nodeVersion(): Finding {
  const [major, minor] = process.versions.node.split('.').map(Number)
  const state = major > 20 || (major === 20 && minor >= 19) ? 'ok' : 'bad'
  return { check: 'node', value: process.versions.node, state, hint: 'Gradus needs Node 20.19 or newer.' }
}

function providers(): Finding {
  const names = listSupportedBackends()
    .filter(({ bundled }) => bundled)
    .map(({ name }) => name)
  return {
    check: 'devices',
    value: names.join(', '),
    state: names.includes('cpu') ? 'ok' : 'bad',
    hint: 'Run npm ci again.',
  }
}

function memory(): Finding {
  const state = totalmem() > 2 * 2 ** 30 ? 'ok' : 'bad'
  return {
    check: 'memory',
    value: `${gib(freemem())} free of ${gib(totalmem())}`,
    state,
    hint: 'gradus start needs 1.5 GB.',
  }
}

function disk(runs: string): Finding {
  let folder = resolve(runs)
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = statfsSync(folder)
  const state = bavail * bsize > 2 ** 30 ? 'ok' : 'bad'
  return {
    check: 'disk',
    value: `${gib(bavail * bsize)} free in ${folder}`,
    state,
    hint: 'Checkpoints need space; remove old runs.',
  }
}

async function tinyTraining(): Promise<Finding> {
  try {
    const { firstMs, nextMs, fell } = await compileProbe(processClock)
    const gflops = await speed()
    const value = `first step ${firstMs.toFixed(0)} ms, then ${nextMs.toFixed(1)} ms; matrix product ${gflops.toFixed(0)} GFLOP/s`
    return { check: 'training', value, state: fell ? 'ok' : 'bad', hint: 'The loss did not fall: please report this.' }
  } catch (error) {
    return { check: 'training', value: messageOf(error), state: 'bad', hint: 'The runtime does not work here.' }
  }
}

async function speed(): Promise<number> {
  const probe = await MatmulProbe.compile(processClock)
  try {
    return await probe.gflops()
  } finally {
    await probe.dispose()
  }
}

function python(): Finding {
  const { status, stdout } = spawnSync(
    'python3',
    ['-c', 'import sys, transformers; print(sys.version.split()[0], "transformers", transformers.__version__)'],
    { encoding: 'utf8', timeout: 20_000 },
  )
  const hint = 'only the parity tests need Python with transformers'
  return status === 0
    ? { check: 'python', value: stdout.trim(), state: 'ok' }
    : { check: 'python', value: 'no transformers', state: 'missing', hint }
}
