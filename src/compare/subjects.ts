// What is to be compared: run directories, labs and result files become subjects, each one row of the table with one run
// or, for recipes over several seeds, one for each seed. It reads no evaluation; it only says where one lies.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { GradusError } from '../base/error.ts'
import { canonicalJson } from '../base/json.ts'
import type { RunInfo } from '../contracts/index.ts'
import { listManifests, type Manifest, standingOf } from '../lab/index.ts'
import { listEvaluations, readConfig, readRunInfo } from '../store/index.ts'
import { isRecord } from './record.ts'

/** What was asked for: a path, and what it is called in results. A path that ends in `@STEP` means an earlier evaluation. */
export interface Given {
  readonly name: string
  readonly path: string
}

/** A run directory, or a result file. */
export type Member =
  | {
      readonly kind: 'run'
      readonly dir: string
      readonly info: RunInfo
      readonly config: unknown
      readonly step?: number
    }
  | { readonly kind: 'file'; readonly path: string }

/** One row: all members are the same recipe with other seeds. */
export interface Subject {
  readonly name: string
  readonly members: readonly Member[]
  /** Other names that `--baseline` may call it by. */
  readonly aliases: readonly string[]
}

/** Subjects, and what a reader should know of how they were found. */
export interface Sources {
  readonly subjects: readonly Subject[]
  /** What labs ran for claims alone: no rows of the table, but any of them may be its baseline. */
  readonly forClaims: readonly Subject[]
  readonly notes: readonly string[]
}

/** Finds what paths mean. @throws `data/not-found`, `data/not-comparable`, `store/...` */
export function findSubjects(given: readonly Given[], { groupSeeds }: { readonly groupSeeds: boolean }): Sources {
  const notes: string[] = []
  const forClaims: Subject[] = []
  const once = new Map(given.map((one) => [one.name, one]))
  const found = [...once.values()].flatMap((one) => subjectsOf(one, { notes, forClaims }))
  return { subjects: distinct(groupSeeds ? bySeed(found) : found), forClaims: distinct(forClaims), notes }
}

/** The subject that `--baseline` names. @throws `usage/no-such-baseline` */
export function findBaseline(name: string, { subjects, forClaims }: Pick<Sources, 'subjects' | 'forClaims'>): Subject {
  const own = calledBy(name, subjects)
  const found = own.length > 0 ? own : calledBy(name, forClaims)
  if (found.length === 1) return found[0]
  const what = found.length === 0 ? 'is none of them' : `is more than one of them`
  const names = (all: readonly Subject[]): string => all.map((subject) => subject.name).join(', ')
  const more = forClaims.length === 0 ? '' : ` Run for claims: ${names(forClaims)}.`
  throw new GradusError('usage/no-such-baseline', `--baseline ${name} ${what}`, {
    hint: `They are: ${names(subjects)}.${more}`,
  })
}

function calledBy(name: string, subjects: readonly Subject[]): readonly Subject[] {
  const known = (test: (text: string) => boolean) =>
    subjects.filter((subject) => [subject.name, ...subject.aliases].some(test))
  const exact = known((text) => text === name)
  return exact.length > 0 ? exact : known((text) => resolve(text) === resolve(name))
}

function subjectsOf({ name, path }: Given, found: { notes: string[]; forClaims: Subject[] }): readonly Subject[] {
  if (!existsSync(path)) return [atStep({ name, path })]
  if (!statSync(path).isDirectory()) return [{ name, members: [{ kind: 'file', path }], aliases: [] }]
  if (existsSync(join(path, 'run.json'))) return [subjectOfRun(path, name)]
  const manifests = manifestsOf(path)
  if (manifests.length > 0) {
    const isOneOfSeveral = manifests.length > 1
    for (const one of manifests) found.forClaims.push(...claimArms(one, isOneOfSeveral))
    return manifests.flatMap((one) => ownArms(one, isOneOfSeveral, found.notes))
  }
  const runs = readdirSync(path).filter((inner) => existsSync(join(path, inner, 'run.json')))
  throw new GradusError('data/not-comparable', `${name} is neither a run, nor a lab, nor a result file`, {
    hint:
      runs.length > 0
        ? `It holds runs: give them by name, such as ${join(name, runs[0])}.`
        : 'A run directory holds run.json; a lab was made by gradus lab run; a result file by gradus eval --out.',
  })
}

// RUN@STEP: an evaluation that is not the last.
function atStep({ name, path }: Given): Subject {
  const match = /^(.+)@([0-9]{1,12})$/.exec(path)
  if (match !== null && existsSync(join(match[1], 'run.json'))) return subjectOfRun(match[1], name, Number(match[2]))
  throw new GradusError('data/not-found', `there is no ${name}`, {
    hint: 'Give run directories (RUN@STEP for an earlier evaluation), labs, or files of gradus eval --out.',
  })
}

function subjectOfRun(dir: string, name: string, step?: number): Subject {
  const info = readRunInfo(dir)
  const member: Member = { kind: 'run', dir, info, config: readConfig(dir), ...(step !== undefined && { step }) }
  return { name, members: [member], aliases: step === undefined ? [info.id] : [] }
}

interface FoundManifest {
  readonly out: string
  readonly manifest: Manifest
}

/** A lab's folder, or the folder of one of its testbeds. */
function manifestsOf(path: string): readonly FoundManifest[] {
  const isTestbed = existsSync(join(path, 'lab.json'))
  const out = isTestbed ? dirname(resolve(path)) : path
  return listManifests(out)
    .filter(({ testbed }) => !isTestbed || testbed === basename(resolve(path)))
    .map((manifest) => ({ out, manifest }))
}

/** The recipes' own arms on the lab's testbed. */
function ownArms({ out, manifest }: FoundManifest, isOneOfSeveral: boolean, notes: string[]): readonly Subject[] {
  const { own, seeds, testbed } = manifest
  return Object.entries(own).flatMap(([recipe, arm]) => {
    const name = isOneOfSeveral ? `${testbed}/${recipe}` : recipe
    const done = finishedRuns(out, manifest, arm)
    if (done.length < seeds.length) notes.push(`${name}: ${done.length} of ${seeds.length} seeds are finished`)
    return done.length === 0 ? [] : [subjectOfArm(name, done, [recipe])]
  })
}

/** Arms on the lab's testbed that only claims wanted, by their recipe's name where there is one arm of it. */
function claimArms({ out, manifest }: FoundManifest, isOneOfSeveral: boolean): readonly Subject[] {
  const { own, arms, testbed } = manifest
  const isOwn = new Set(Object.values(own))
  const others = Object.entries(arms).filter(([arm, about]) => about.testbed === testbed && !isOwn.has(arm))
  const count = (recipe: string): number => others.filter(([, about]) => about.recipe === recipe).length
  return others.flatMap(([arm, { recipe }]) => {
    const isOnly = count(recipe) === 1 && own[recipe] === undefined
    const done = finishedRuns(out, manifest, arm)
    const short = isOneOfSeveral ? `${testbed}/${recipe}` : recipe
    return done.length === 0 ? [] : [subjectOfArm(isOnly ? short : arm, done, [recipe, arm])]
  })
}

const finishedRuns = (out: string, { arms, seeds }: Manifest, arm: string): readonly string[] =>
  seeds.map((seed) => join(out, arms[arm].dir, `seed-${seed}`)).filter((dir) => standingOf(dir) === 'done')

const subjectOfArm = (name: string, dirs: readonly string[], aliases: readonly string[]): Subject => ({
  name,
  members: dirs.flatMap((dir) => subjectOfRun(dir, dir).members),
  aliases: [...dirs, ...aliases],
})

/** Runs of one recipe whose configurations differ in the seed alone become one subject. */
function bySeed(subjects: readonly Subject[]): readonly Subject[] {
  const groups = new Map<string, Subject[]>()
  for (const subject of subjects) {
    const key = groupKey(subject)
    groups.set(key, [...(groups.get(key) ?? []), subject])
  }
  return [...groups].map(([key, group]) => {
    if (group.length === 1) return group[0]
    const [first] = group.flatMap(({ members }) => members)
    const recipe = first.kind === 'run' ? first.info.recipe : key
    const isOnly = [...groups.keys()].filter((other) => other.startsWith(`${recipe} `)).length === 1
    return {
      name: isOnly ? recipe : key,
      members: group.flatMap(({ members }) => members),
      aliases: [...group.flatMap(({ name, aliases }) => [name, ...aliases]), recipe, key],
    }
  })
}

function groupKey({ name, members: [first] }: Subject): string {
  if (first.kind === 'file') return `file ${name}`
  const { seed: _seed, ...config } = isRecord(first.config) ? first.config : {}
  const hash = createHash('sha256').update(canonicalJson({ config, step: first.step }))
  return `${first.info.recipe} ${hash.digest('hex').slice(0, 8)}`
}

function distinct(subjects: readonly Subject[]): readonly Subject[] {
  const seen = new Set<string>()
  return subjects.filter(({ name }) => !seen.has(name) && seen.add(name))
}

/** The evaluation file of a member for a task: that of its step, or the last. @throws `data/no-evaluation` */
export function evaluationPathOf(member: Member, task: string | undefined): string {
  if (member.kind === 'file') return member.path
  const { dir, info, step } = member
  const wanted = task ?? info.task
  const all = listEvaluations(dir)
  const steps = all.filter((entry) => entry.task === wanted).map((entry) => entry.step)
  const at = step ?? steps.at(-1)
  if (at !== undefined && steps.includes(at)) return evaluationPath(dir, wanted, at)
  const tasks = [...new Set(all.map((entry) => entry.task))]
  const has = steps.length > 0 ? `it has those of steps ${steps.join(', ')}` : `it has ${tasks.join(', ') || 'none'}`
  throw new GradusError(
    'data/no-evaluation',
    `${dir} has no evaluation of ${wanted}${step === undefined ? '' : ` at step ${step}`}: ${has}`,
    { hint: `Make one: gradus eval ${dir} --task ${wanted} --out FILE.json, and compare the files.` },
  )
}

/** Where a run keeps an evaluation. */
export const evaluationPath = (dir: string, task: string, step: number): string =>
  join(dir, 'evals', `${encodeURIComponent(task)}@${step}.json`)
