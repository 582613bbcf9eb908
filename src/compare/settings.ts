// What differs between the configurations of compared runs. The seed is no setting where a row stands for several.
import { type ConfigDifference, configDifferences } from '../store/index.ts'
import { isRecord } from './record.ts'
import type { Measured } from './rows.ts'

/** What differs between a row's configuration and the first row's. */
export function configChanges(
  { rows: [baseline] }: { readonly rows: readonly Measured[] },
  row: Measured,
): readonly ConfigDifference[] {
  const [before, after] = [configOf(baseline), configOf(row)]
  return before === undefined || after === undefined || row === baseline ? [] : configDifferences(before, after)
}

/** A setting that is not the same in all rows, and its value in each; undefined where a row lacks it or has no configuration. */
export interface SettingLine {
  readonly path: string
  readonly values: readonly unknown[]
}

/** The settings that differ, by path. Rows without a configuration (result files) take no part. */
export function settingLines(rows: readonly Measured[]): readonly SettingLine[] {
  const configs = rows.map(configOf)
  const reference = configs.find((config) => config !== undefined)
  const changes = configs.map(
    (config) =>
      new Map(
        (config === undefined ? [] : configDifferences(reference, config)).map((change) => [change.path, change]),
      ),
  )
  const paths = new Set(changes.flatMap((change) => [...change.keys()]))
  return [...paths].sort().map((path) => {
    const before = changes.flatMap((change) => change.get(path) ?? [])[0].before
    const values = configs.map((config, i) => {
      const change = changes[i].get(path)
      return config === undefined ? undefined : change === undefined ? before : change.after
    })
    return { path, values }
  })
}

function configOf({ subject }: Measured): unknown {
  const [first] = subject.members
  if (first.kind === 'file' || !isRecord(first.config)) return undefined
  const { seed, ...config } = first.config
  return { recipe: first.info.recipe, ...config, ...(subject.members.length === 1 && seed !== undefined && { seed }) }
}
