// Reads a schema of settings from outside: which keys it has at a path, what a value must be, what it is for.
// Works on the JSON Schema that zod writes, so that it needs no knowledge of zod's insides.
import { z } from 'zod'

/** What is used of a JSON Schema. */
export interface SchemaNode {
  readonly type?: string
  readonly description?: string
  readonly default?: unknown
  readonly properties?: Readonly<Record<string, SchemaNode>>
  readonly anyOf?: readonly SchemaNode[]
  readonly oneOf?: readonly SchemaNode[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly items?: SchemaNode
}

/** The schema of what a user may write. */
export function schemaTree(schema: z.ZodType): SchemaNode {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as SchemaNode
}

/** The keys that settings may have at a path; of all alternatives, where there are several. */
export function keysAt(root: SchemaNode, path: readonly PropertyKey[]): readonly string[] {
  const nodes = nodesAt(root, path)
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))]
}

/** Dotted paths of all settings. */
export function settingPaths(root: SchemaNode, path: readonly string[] = []): readonly string[] {
  return keysAt(root, path).flatMap((key) => [[...path, key].join('.'), ...settingPaths(root, [...path, key])])
}

/** Whether the schema has a setting at this path. */
export function hasSetting(root: SchemaNode, path: readonly PropertyKey[]): boolean {
  return nodesAt(root, path).length > 0
}

/** What a value at a path must be, in words: `a whole number, 1 or more`. */
export function expectedAt(root: SchemaNode, path: readonly PropertyKey[]): string | undefined {
  const words = nodesAt(root, path)
    .map(describe)
    .filter((text) => text !== undefined)
  return words.length === 0 ? undefined : [...new Set(words)].join(', or ')
}

/** What a setting is for. */
export function purposeAt(root: SchemaNode, path: readonly PropertyKey[]): string | undefined {
  return nodesAt(root, path).find((node) => node.description !== undefined)?.description
}

function nodesAt(root: SchemaNode, path: readonly PropertyKey[]): readonly SchemaNode[] {
  let nodes = alternatives(root)
  for (const key of path) {
    const inner = nodes.flatMap((node) => (typeof key === 'number' ? node.items : node.properties?.[String(key)]) ?? [])
    nodes = inner.flatMap(alternatives)
  }
  return nodes
}

// A description stands beside the alternatives, not in them.
function alternatives(node: SchemaNode): readonly SchemaNode[] {
  const inner = node.anyOf ?? node.oneOf
  if (inner === undefined) return [node]
  return inner.flatMap(alternatives).map((one) => ({ ...one, description: node.description ?? one.description }))
}

const typeNames: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'settings with keys of their own',
}

function describe(node: SchemaNode): string | undefined {
  if (node.const !== undefined) return JSON.stringify(node.const)
  if (node.enum !== undefined) return `one of ${node.enum.map((value) => JSON.stringify(value)).join(', ')}`
  const name = typeNames[node.type ?? '']
  if (name === undefined) return undefined
  const bounds = [
    node.exclusiveMinimum !== undefined && `above ${node.exclusiveMinimum}`,
    isBound(node.minimum) && `${node.minimum} or more`,
    node.exclusiveMaximum !== undefined && `below ${node.exclusiveMaximum}`,
    isBound(node.maximum) && `${node.maximum} at most`,
  ].filter((text) => text !== false)
  return [name, ...bounds].join(', ')
}

// Whole numbers carry the largest safe one as a bound, which tells a reader nothing.
const isBound = (bound: number | undefined): bound is number =>
  bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER
