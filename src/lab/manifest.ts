// What a lab was asked for, kept beside its report so that the report can be made again from the disk alone. Directories
// in it are relative to the lab's folder, which may be moved.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { writeError, writeJsonAtomic } from '../base/atomic-file.ts'
import { GradusError, messageOf } from '../base/error.ts'

const settings = z.record(z.string(), z.unknown())

/** A folder inside the lab's: a manifest that was written by hand must not lead out of it. */
const inside = z
  .string()
  .refine(
    (path) => !isAbsolute(path) && !path.split(/[\\/]/).includes('..'),
    'expected a path inside the folder of the lab',
  )

const manifestSchema = z.object({
  schema: z.literal(1),
  at: z.string(),
  command: z.string(),
  /** The chosen testbed. */
  testbed: z.string(),
  /** The chosen recipes. */
  recipes: z.array(z.string()).readonly(),
  seeds: z.array(z.int()).readonly(),
  /** What was laid over every run. */
  settings,
  /** Those in use, with the budget asked for; `dir` is the base model's run. */
  testbeds: z.record(
    z.string(),
    z.object({
      id: z.string(),
      summary: z.string(),
      task: z.string(),
      base: settings,
      recipe: settings,
      tokens: z.number(),
      steps: z.number(),
      dir: inside,
    }),
  ),
  /** By name; `dir` holds a run for each seed. */
  arms: z.record(z.string(), z.object({ testbed: z.string(), recipe: z.string(), settings, dir: inside })),
  /** The arm of each chosen recipe on the chosen testbed. */
  own: z.record(z.string(), z.string()),
  /** The arms of each claim, by the claim's own names for them. */
  claims: z
    .array(
      z.object({
        recipe: z.string(),
        statement: z.string(),
        testbed: z.string(),
        arms: z.record(z.string(), z.string()),
      }),
    )
    .readonly(),
})

/** What a lab was asked for. */
export type Manifest = z.infer<typeof manifestSchema>

const nameOf = (out: string, testbed: string): string => join(out, testbed, 'lab.json')

/** Writes it, in the folder of its testbed. @throws `store/not-writable`, `store/disk-full`, `usage/not-a-folder` */
export function writeManifest(out: string, manifest: Manifest): void {
  makeFolder(join(out, manifest.testbed), out)
  writeJsonAtomic(nameOf(out, manifest.testbed), manifest)
}

/** Makes a lab's folder, or one in it. @throws `store/not-writable`, `store/disk-full`, `usage/not-a-folder` */
export function makeFolder(path: string, out: string): void {
  try {
    mkdirSync(path, { recursive: true })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw writeError(error, out)
    throw new GradusError('usage/not-a-folder', `${out} is not a folder`, { hint: 'Name another one with --out.' })
  }
}

/** Testbeds that a lab's folder has results of, the latest first. */
export function listManifests(out: string): readonly Manifest[] {
  const names = existsSync(out) ? readdirSync(out) : []
  return names
    .filter((name) => existsSync(nameOf(out, name)))
    .map((name) => readManifest(out, name))
    .sort((a, b) => (a.at > b.at ? -1 : 1))
}

/** Reads that of a testbed. @throws `store/bad-lab` */
export function readManifest(out: string, testbed: string): Manifest {
  const path = nameOf(out, testbed)
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error)
    throw new GradusError('store/bad-lab', `${path} cannot be read: ${why}`, {
      hint: 'Give the command of gradus lab run again: what is finished is not run again.',
    })
  }
}
