// Our settings under another system's names, by a table with a row for each of ours. A setting without a row, or with a
// value that the other system has no counterpart for, is refused: nothing is dropped in silence.
import { GradusError } from '../../base/error.ts'
import { canonicalJson, type Json } from '../../base/json.ts'

/** A configuration, resolved. */
export type Config = Readonly<Record<string, unknown>>

/** What becomes of one setting. */
export type Row<C> =
  /** Another name for the same value. */
  | { readonly to: string }
  /** Names and values that follow from it; `what` says which, for the docs. */
  | { readonly sets: (value: never, config: C) => Readonly<Record<string, Json>>; readonly what: string }
  /** Only this value has a counterpart. */
  | { readonly only: Json; readonly why: string }
  /** Means nothing there: it may not be changed. */
  | { readonly unused: string }
  /** It decides about what is sent, not about the other system. */
  | { readonly here: string }

/** Rows by the dotted path of a setting, or of an object of settings that is handled whole. */
export type SettingsTable<C> = Readonly<Record<string, Row<C>>>

/**
 * The other system's settings.
 *
 * @throws `config/no-counterpart` with the setting, its value and the reason
 */
export function translate<C extends Config>(
  system: string,
  table: SettingsTable<C>,
  config: C,
  defaults: Config,
): Record<string, Json> {
  const theirs: Record<string, Json> = {}
  for (const path of pathsOf(table, config)) {
    const row = table[path]
    const value = valueAt(config, path) as Json
    if (row === undefined) throw none(system, path, value, `${system} has nothing like it.`)
    if ('to' in row) theirs[row.to] = value
    else if ('sets' in row) Object.assign(theirs, row.sets(value as never, config))
    else if ('only' in row) {
      if (canonicalJson(value) !== canonicalJson(row.only)) {
        throw none(system, path, value, `${row.why} Only ${JSON.stringify(row.only)} can be set.`)
      }
    } else if ('unused' in row && canonicalJson(value) !== canonicalJson(valueAt(defaults, path))) {
      throw none(system, path, value, row.unused)
    }
  }
  return theirs
}

/** Dotted paths of all settings: of whole objects where the table has a row for them, else of single values. */
export function pathsOf(table: Readonly<Record<string, unknown>>, config: Config, under = ''): readonly string[] {
  return Object.entries(config).flatMap(([key, value]) => {
    const path = under === '' ? key : `${under}.${key}`
    const isNested = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isNested && table[path] === undefined ? pathsOf(table, value as Config, path) : [path]
  })
}

/** A setting that cannot be carried over. */
export function none(system: string, path: string, value: unknown, why: string): GradusError {
  return new GradusError(
    'config/no-counterpart',
    `"${path}" = ${JSON.stringify(value)} cannot be launched with ${system}`,
    {
      hint: why,
    },
  )
}

function valueAt(config: Config, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Config | undefined)?.[key], config)
}
