// `--set a.b=v` as a nested object, and how such objects are laid over one another. It knows no setting.
import { GradusError } from '../../base/error.ts'
import type { Knobs } from '../../contracts/index.ts'

/** A nested object of settings. */
export interface Settings {
  readonly [key: string]: unknown
}

/** True for plain objects: what settings are nested in. */
export function isSettings(value: unknown): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * `['a.b=1', 'a.c=x']` as `{ a: { b: 1, c: 'x' } }`. A value is JSON where it can be read as such, else a string.
 *
 * @throws `usage/bad-set`
 */
export function parseAssignments(assignments: readonly string[]): Settings {
  let settings: Settings = {}
  for (const assignment of assignments) {
    const at = assignment.indexOf('=')
    const path = assignment.slice(0, Math.max(at, 0)).trim().split('.')
    if (at < 0 || path.some((key) => key === '' || key === '__proto__')) {
      throw new GradusError('usage/bad-set', `"${assignment}" is not a setting`, {
        hint: 'Write a path and a value, such as --set schedule.steps=12.',
      })
    }
    const value = parseValue(assignment.slice(at + 1))
    settings = overlay(settings, path.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Settings)
  }
  return settings
}

/** Settings where only knobs of a task can be set: `knobs.level=2`, as other verbs spell it, is `level=2`. @throws `usage/bad-set` */
export const parseKnobs = (assignments: readonly string[]): Knobs =>
  parseAssignments(assignments.map((assignment) => assignment.trimStart().replace(/^knobs\./, ''))) as Knobs

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * `over` laid upon `under`, key by key; lists and other values replace. An object that names another `kind` replaces as
 * well: the settings of one kind mean nothing to another.
 */
export function overlay(under: Settings, over: Settings): Settings {
  if (over.kind !== undefined && under.kind !== undefined && over.kind !== under.kind) return over
  const result: Record<string, unknown> = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const below = result[key]
    result[key] = isSettings(value) ? overlay(isSettings(below) ? below : {}, value) : value
  }
  return result
}
