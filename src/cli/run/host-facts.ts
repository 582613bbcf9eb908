// Facts about this machine and this code that a run keeps: versions, processors, memory, revision.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Json } from '../../base/json.ts'
import type { Clock } from '../../contracts/index.ts'
import { packageVersion } from '../version.ts'

/** The clock of this process. */
export const processClock: Clock = { nowMs: () => performance.now(), iso: () => new Date().toISOString() }

/** Folder of the package, in a clone and when it is installed. */
export const packageRoot = fileURLToPath(new URL('../../..', import.meta.url))

/** Versions of what results depend on. */
export function versions(): Readonly<Record<string, string>> {
  return { node: process.versions.node, gradus: packageVersion(), 'onnxruntime-node': runtimeVersion() ?? 'unknown' }
}

/** What the machine is. */
export function hostFacts(): Readonly<Record<string, Json>> {
  const [first] = cpus()
  return {
    platform: platform(),
    release: release(),
    arch: arch(),
    cpu: first?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory_gib: Math.round((totalmem() / 2 ** 30) * 10) / 10,
  }
}

/** Largest memory of this process so far, in MB. */
export const peakRssMb = (): number => Math.round(process.resourceUsage().maxRSS / 1024)

/** The revision of a clone, read from its files; undefined when the package is installed. */
export function gitRevision(): string | undefined {
  const head = textOf(join(packageRoot, '.git', 'HEAD'))
  const ref = head?.match(/^ref: (.+)/)?.[1]
  if (ref === undefined) return head?.trim()
  const loose = textOf(join(packageRoot, '.git', ref))?.trim()
  const packed = textOf(join(packageRoot, '.git', 'packed-refs'))?.split('\n')
  return loose ?? packed?.find((line) => line.endsWith(` ${ref}`))?.split(' ')[0]
}

/** Version of the installed runtime. */
export function runtimeVersion(): string | undefined {
  const require = createRequire(import.meta.url)
  try {
    return versionIn(require.resolve('onnxruntime-node/package.json'))
  } catch {
    return undefined
  }
}

function versionIn(path: string): string | undefined {
  const text = textOf(path)
  return text === undefined ? undefined : (JSON.parse(text) as { version?: string }).version
}

function textOf(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
