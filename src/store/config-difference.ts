// What differs between two configurations, as dotted paths. Order of keys never counts.
import { canonicalJson } from '../base/json.ts'

/** One value that is not the same; undefined where one side lacks it. */
export interface ConfigDifference {
  /** `optim.lr`. */
  readonly path: string
  readonly before: unknown
  readonly after: unknown
}

/** All differing leaves, in alphabetical order of their paths. Lists count as one value. */
export function configDifferences(before: unknown, after: unknown): readonly ConfigDifference[] {
  const left = leavesOf(before)
  const right = leavesOf(after)
  return [...new Set([...left.keys(), ...right.keys()])]
    .sort()
    .filter((path) => textOf(left.get(path)) !== textOf(right.get(path)))
    .map((path) => ({ path, before: left.get(path), after: right.get(path) }))
}

/** `optim.lr: 0.0003 -> 0.001`, at most `limit` of them. */
export function describeDifferences(differences: readonly ConfigDifference[], limit = 5): string {
  const shown = differences.slice(0, limit).map((d) => `${d.path}: ${textOf(d.before)} -> ${textOf(d.after)}`)
  const rest = differences.length - shown.length
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join('; ')
}

function leavesOf(value: unknown, path = ''): Map<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return new Map([[path, value]])
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  if (entries.length === 0 && path !== '') return new Map([[path, value]])
  return new Map(entries.flatMap(([key, inner]) => [...leavesOf(inner, path === '' ? key : `${path}.${key}`)]))
}

function textOf(value: unknown): string {
  return value === undefined ? '(none)' : canonicalJson(value)
}
