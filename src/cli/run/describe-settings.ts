// A schema's settings as a table: path, default, what it must be, what it is for.
import type { z } from 'zod'
import { isSettings, type Settings } from './overrides.ts'
import { expectedAt, purposeAt, schemaTree, settingPaths } from './settings-schema.ts'
import { textTable } from './text-table.ts'

/** One line for every setting; `values` are shown instead of the schema's own defaults. */
export function describeSettings(schema: z.ZodType, title: string, values?: Settings): string {
  const tree = schemaTree(schema)
  const resolved = values ?? (schema.parse({}) as Settings)
  const rows = settingPaths(tree).flatMap((path) => {
    const keys = path.split('.')
    const value = keys.reduce<unknown>((at, key) => (isSettings(at) ? at[key] : undefined), resolved)
    // Parents are seen in their parts; settings of other kinds are not set.
    if (value === undefined || (isSettings(value) && Object.keys(value).length > 0)) return []
    return [[path, JSON.stringify(value), expectedAt(tree, keys) ?? '', purposeAt(tree, keys) ?? '']]
  })
  return textTable([title, 'value', 'may be', 'what'], rows)
}
