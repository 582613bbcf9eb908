// Turns a schema, the presets of a task and the user's overrides into a checked configuration, or an error that names
// the key, the value and what would be right. It knows no recipe.
import type { z } from 'zod'
import { closestName } from '../../base/closest-name.ts'
import { GradusError } from '../../base/error.ts'
import { isSettings, overlay, type Settings } from './overrides.ts'
import {
  expectedAt,
  hasSetting,
  keysAt,
  purposeAt,
  type SchemaNode,
  schemaTree,
  settingPaths,
} from './settings-schema.ts'

/** What a configuration is made of. */
export interface ConfigLayers {
  readonly schema: z.ZodType
  /** Laid over the schema's defaults; keys that the schema does not have are left out. */
  readonly presets?: readonly Settings[]
  /** The user's; every key must exist. */
  readonly overrides?: Settings
  /** Where the settings hang in the user's own, such as `base`; for messages. */
  readonly prefix?: string
}

/**
 * The whole configuration.
 *
 * @throws `config/unknown-key` with the closest key, `config/bad-value` with the value and what is expected.
 */
export function resolveConfig({ schema, presets = [], overrides = {}, prefix }: ConfigLayers): Settings {
  const tree = schemaTree(schema)
  checkKeys(tree, overrides, [], prefix)
  const known = presets.map((preset) => knownPart(tree, preset))
  // Overrides lie on parsed defaults, not on nothing: one key of an object with a `kind` then leaves its kind as it is.
  const defaults = parse(schema, tree, known.reduce(overlay, {}), prefix)
  return parse(schema, tree, overlay(defaults, overrides), prefix)
}

function parse(schema: z.ZodType, tree: SchemaNode, value: Settings, prefix: string | undefined): Settings {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data as Settings
  const [issue] = parsed.error.issues
  if (issue.code === 'unrecognized_keys') throw unknownKey(tree, issue.path, issue.keys[0], prefix)
  throw badValue(tree, issue.path, valueAt(value, issue.path), prefix, issue.message)
}

/** Finds unknown keys before any value is looked at. Objects without listed keys (free records) hold any. */
function checkKeys(tree: SchemaNode, settings: Settings, path: readonly string[], prefix: string | undefined): void {
  const keys = keysAt(tree, path)
  if (keys.length === 0) return
  for (const [key, value] of Object.entries(settings)) {
    if (!keys.includes(key)) throw unknownKey(tree, path, key, prefix)
    if (isSettings(value)) checkKeys(tree, value, [...path, key], prefix)
  }
}

function knownPart(tree: SchemaNode, settings: Settings, path: readonly string[] = []): Settings {
  return Object.fromEntries(
    Object.entries(settings)
      .filter(([key]) => hasSetting(tree, [...path, key]))
      .map(([key, value]) => {
        const isNested = isSettings(value) && keysAt(tree, [...path, key]).length > 0
        return [key, isNested ? knownPart(tree, value, [...path, key]) : value]
      }),
  )
}

/** The error for a key that is not one of a plain list. */
export function unknownKeyIn(keys: readonly string[], key: string): GradusError {
  const near = closestName(key, keys)
  return new GradusError('config/unknown-key', `"${key}" is not a setting${near ? `; did you mean "${near}"?` : ''}`, {
    hint: `The settings are: ${keys.join(', ')}.`,
  })
}

function unknownKey(
  tree: SchemaNode,
  path: readonly PropertyKey[],
  key: string,
  prefix: string | undefined,
): GradusError {
  const keys = keysAt(tree, path)
  const near = closestName(key, keys) ?? elsewhere(tree, key)
  const where = dotted(path, prefix)
  const place = where === '' ? '' : ` in "${where}"`
  return new GradusError(
    'config/unknown-key',
    `"${key}" is not a setting${place}${near === undefined ? '' : `; did you mean "${near}"?`}`,
    { hint: keys.length === 0 ? 'There is nothing to set here.' : `The settings${place} are: ${keys.join(', ')}.` },
  )
}

// Right name, wrong place (`steps` for `schedule.steps`), or the words that a setting is described with (`learningRate`).
function elsewhere(tree: SchemaNode, key: string): string | undefined {
  const paths = settingPaths(tree)
  const byName = paths.find((path) => path.split('.').at(-1)?.toLowerCase() === key.toLowerCase())
  if (byName !== undefined) return byName
  const words = wordsOf(key.replace(/([a-z])([A-Z])/g, '$1 $2'))
  if (words.length < 2) return undefined
  return paths.find((path) => {
    const described = wordsOf(purposeAt(tree, path.split('.')) ?? '')
    return words.every((word) => closestName(word, described) !== undefined)
  })
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[a-z]{3,}/g) ?? []

function badValue(
  tree: SchemaNode,
  path: readonly PropertyKey[],
  value: unknown,
  prefix: string | undefined,
  message: string,
): GradusError {
  const expected = expectedAt(tree, path) ?? message
  const shown = value === undefined ? 'nothing' : JSON.stringify(value)
  return new GradusError('config/bad-value', `"${dotted(path, prefix)}" cannot be ${shown}: expected ${expected}`, {
    hint: purposeAt(tree, path) ?? 'See gradus explain for the settings of a recipe.',
  })
}

const dotted = (path: readonly PropertyKey[], prefix: string | undefined): string =>
  [...(prefix === undefined ? [] : [prefix]), ...path.map(String)].join('.')

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key], value)
}
