// What labs found, read again only where a file has changed: manifests and runs by the stamps of their files, results by the
// stamps of all that they rest on. Every cache has a limit. A large lab takes seconds, so it is read in small steps, and
// other requests are answered in between.
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { isGradusError } from '../../../base/error.ts'
import {
  type FinishedRun,
  type LabResults,
  labCurves,
  type Manifest,
  type RunReader,
  readFinishedRun,
  readLabRuns,
  readManifest,
  resultSteps,
  standingOf,
} from '../../../lab/index.ts'
import { isLocked } from '../../../store/index.ts'
import type { LabAnswer } from '../api.ts'
import { BoundedCache } from '../bounded-cache.ts'
import { fileStamp, stampText } from '../file-stamp.ts'

const MAX_MANIFEST_BYTES = 16_000_000
const MAX_RUN_BYTES = 64_000_000
const MAX_RESULT_BYTES = 32_000_000
/** Runs that are known to be done. */
const MAX_DONE = 100_000

/** What a lab found. */
export interface LabFindings {
  readonly results: LabResults
  readonly curves: LabAnswer['curves']
}

/** The labs of one folder, as they are now. */
export class LabStore {
  readonly #manifests = new BoundedCache<Manifest>(MAX_MANIFEST_BYTES)
  readonly #runs = new BoundedCache<FinishedRun>(MAX_RUN_BYTES)
  readonly #findings = new BoundedCache<LabFindings & { readonly state: string }>(MAX_RESULT_BYTES)
  readonly #done = new BoundedCache<true>(MAX_DONE)
  /** Being read now, by lab and state: who asks meanwhile waits for the same. */
  readonly #reading = new Map<string, Promise<LabFindings>>()

  /** What was asked of a lab on a testbed. @throws `store/bad-lab` */
  manifest(dir: string, testbed: string): Manifest {
    const stamp = fileStamp(join(dir, testbed, 'lab.json'))
    const key = `${dir}\0${testbed}\0${stampText(stamp)}`
    const known = this.#manifests.get(key)
    if (known !== undefined) return known
    const manifest = readManifest(dir, testbed)
    this.#manifests.set(key, manifest, 2 * (stamp?.sizeBytes ?? 0) + 1000)
    return manifest
  }

  /** Runs that were asked for and are not done. */
  missing(dir: string, manifest: Manifest): number {
    return runDirs(dir, manifest).filter(({ run }) => !this.#isDone(run)).length
  }

  /** Rows, claims and curves. */
  findings(dir: string, manifest: Manifest): Promise<LabFindings> {
    const key = `${dir}\0${manifest.testbed}`
    const state = [manifest.at, ...runDirs(dir, manifest).map(({ run }) => `${runStamp(run)}${isLocked(run)}`)].join()
    const known = this.#findings.get(key)
    if (known?.state === state) return Promise.resolve(known)
    const name = `${key}\0${state}`
    const reading = this.#reading.get(name) ?? this.#compute(dir, manifest, { key, state })
    this.#reading.set(name, reading)
    return reading.finally(() => this.#reading.delete(name))
  }

  async #compute(
    dir: string,
    manifest: Manifest,
    { key, state }: { readonly key: string; readonly state: string },
  ): Promise<LabFindings> {
    // One run after the other into the cache, so that reading all of them at once finds them there.
    for (const { run, seed } of runDirs(dir, manifest)) {
      if (!this.#isDone(run)) continue
      await setImmediate()
      try {
        this.#read(run, seed)
      } catch (error) {
        // It is told as missing, with the reason, when all are read.
        if (!isGradusError(error)) throw error
      }
    }
    const runs = readLabRuns(dir, manifest, this.#read)
    const steps = resultSteps(manifest, runs)
    let step = steps.next()
    for (; !step.done; step = steps.next()) await setImmediate()
    const curves: LabFindings['curves'][number][] = []
    for (const one of runs) {
      await setImmediate()
      const [{ arm, evaluation: points }] = labCurves(new Map([one]))
      if (points.length > 0) curves.push({ arm, points })
    }
    const findings = { results: step.value, curves, state }
    this.#findings.set(key, findings, 2 * JSON.stringify(findings).length)
    return findings
  }

  #isDone(run: string): boolean {
    const key = `${run}\0${runStamp(run)}`
    if (this.#done.get(key)) return true
    const isDone = standingOf(run) === 'done'
    if (isDone) this.#done.set(key, true, 1)
    return isDone
  }

  readonly #read: RunReader = (dir, seed) => {
    const key = `${dir}\0${seed}\0${runStamp(dir)}`
    const known = this.#runs.get(key)
    if (known !== undefined) return known
    const run = readFinishedRun(dir, seed)
    this.#runs.set(key, run, sizeOf(run))
    return run
  }
}

const runDirs = (dir: string, { arms, seeds }: Manifest): readonly { readonly run: string; readonly seed: number }[] =>
  Object.values(arms).flatMap((arm) => seeds.map((seed) => ({ run: join(dir, arm.dir, `seed-${seed}`), seed })))

// A run that is done writes nothing more: its run.json, written last, stands for all of it.
const runStamp = (dir: string): string => stampText(fileStamp(join(dir, 'run.json')))

/** About: a number is eight bytes, a name of a problem some twenty letters. */
const sizeOf = ({ metrics, problems, evaluations }: FinishedRun): number =>
  1000 +
  metrics.reduce((sum, row) => sum + 16 * Object.keys(row).length, 0) +
  problems.length * (60 + 16 * evaluations.length)
