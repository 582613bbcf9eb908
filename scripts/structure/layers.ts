// The layers of src/ and the arrows allowed between them. Lower ranks know nothing of higher ones, and layers of one
// rank know nothing of each other unless an arrow is listed. The reasons: docs/decisions/2026-11-21-layers.md.

/** Layers by rank, lowest first. A test may import any layer of its own rank or below. */
export const ranks = [
  ['base'],
  ['tensor'],
  ['contracts'],
  ['optim', 'text', 'verify', 'model'],
  ['engine', 'tasks', 'data'],
  ['rollout', 'search', 'eval'],
  ['train'],
  ['recipes'],
  ['store'],
  ['lab', 'bench', 'launch', 'export'],
  ['compare'],
  ['serve'],
  ['cli'],
] as const

/** The name of a folder directly under src/. */
export type Layer = (typeof ranks)[number][number]

/** Every layer of a lower rank than `layer`. */
function below(layer: Layer): readonly Layer[] {
  return ranks.slice(0, rankOf(layer)).flat()
}

/** What each layer may import. */
export const arrows: Readonly<Record<Layer, readonly Layer[]>> = {
  base: [],
  tensor: ['base'],
  contracts: ['base', 'tensor'],
  optim: ['base', 'tensor', 'contracts'],
  text: ['base', 'contracts'],
  verify: ['base', 'contracts'],
  model: ['base', 'tensor'],
  engine: ['base', 'tensor', 'contracts', 'optim', 'text', 'model'],
  tasks: ['base', 'contracts', 'verify'],
  data: ['base', 'contracts', 'text', 'verify'],
  rollout: ['base', 'contracts', 'text'],
  search: ['base', 'contracts', 'text'],
  eval: ['base', 'contracts', 'tasks'],
  train: ['base', 'tensor', 'contracts', 'optim', 'rollout', 'eval'],
  recipes: ['base', 'tensor', 'contracts', 'optim', 'model', 'tasks', 'rollout', 'eval', 'train'],
  store: ['base', 'contracts'],
  lab: below('lab'),
  bench: below('bench'),
  export: ['base', 'contracts', 'store'],
  compare: ['base', 'contracts', 'eval', 'store', 'lab'],
  launch: ['base', 'contracts', 'optim', 'engine', 'tasks', 'verify', 'eval', 'recipes', 'store'],
  serve: [
    'base',
    'tensor',
    'contracts',
    'optim',
    'text',
    'model',
    'engine',
    'tasks',
    'verify',
    'search',
    'eval',
    'store',
    'lab',
    'compare',
  ],
  cli: below('cli'),
}

/** Arrows that carry types only: `import type` and nothing that runs. */
export const typesOnly: Readonly<Partial<Record<Layer, readonly Layer[]>>> = {
  contracts: ['base', 'tensor'],
  eval: ['tasks'],
}

/** Layers whose files are opened by name, so that an `index.ts` is optional. */
export const indexOptional: readonly Layer[] = ['base', 'contracts', 'cli']

/** The rank of a folder under src/, or undefined when it is no layer. */
export function rankOf(folder: string): number | undefined {
  const rank = ranks.findIndex((layers) => (layers as readonly string[]).includes(folder))
  return rank < 0 ? undefined : rank
}

/** True when `folder` is a layer. */
export function isLayer(folder: string): folder is Layer {
  return rankOf(folder) !== undefined
}
