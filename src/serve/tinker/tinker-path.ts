// Paths of checkpoints: tinker://MODEL/weights/NAME holds weights and optimiser, tinker://MODEL/sampler_weights/NAME the
// weights to sample from; some servers leave the middle part of the second out. Names become file names, so little is
// allowed in them.
import { userError } from './refusal.ts'

/** What a checkpoint is for; the middle part of its path. */
export type CheckpointKind = 'weights' | 'sampler_weights'

/** The parts of a path. */
export interface TinkerPath {
  readonly model: string
  readonly kind: CheckpointKind
  readonly name: string
}

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}$/
const MODEL = /^[A-Za-z0-9_-][A-Za-z0-9_.:-]{0,199}$/

export const pathText = ({ model, kind, name }: TinkerPath): string => `tinker://${model}/${kind}/${name}`

/** True for what may be a name of something that is kept. */
export const isName = (text: string): boolean => NAME.test(text)

/** The folder of a model. Its id has colons, as clients expect, which not every file system takes. */
export const folderOf = (model: string): string => model.replaceAll(':', '~')

/** The model of a folder; undefined when it is of none. */
export function modelOf(folder: string): string | undefined {
  const model = folder.replaceAll('~', ':')
  return MODEL.test(model) ? model : undefined
}

/** @throws a refusal */
export function checkName(name: string): string {
  if (isName(name)) return name
  throw userError(
    `"${name.slice(0, 80)}" is no name for a checkpoint: use letters, digits, "_", "-" and "." (1 to 200)`,
  )
}

/** @throws a refusal */
export function parsePath(text: string): TinkerPath {
  const parts = text.startsWith('tinker://') ? text.slice('tinker://'.length).split('/') : []
  const [model, kind, name] = parts.length === 2 ? [parts[0], 'sampler_weights', parts[1]] : parts
  if (parts.length < 2 || parts.length > 3 || !isKind(kind) || !MODEL.test(model) || !isName(name))
    throw userError(`"${text.slice(0, 200)}" is no path of a checkpoint (tinker://MODEL/weights/NAME)`)
  return { model, kind, name }
}

export const isKind = (text: string): text is CheckpointKind => text === 'weights' || text === 'sampler_weights'
