// A file that an option names for results: checked before any work is done, so that none is lost to a wrong path.
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { writeError } from '../../base/atomic-file.ts'
import { GradusError } from '../../base/error.ts'

/** Makes the folder that the file goes to. @throws `usage/bad-option` for a folder, `usage/not-a-folder`, `store/...` */
export function prepareOutputFile(path: string, option: string, example: string): void {
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new GradusError('usage/bad-option', `${option} cannot be ${path}: it is a folder`, {
      hint: `Name a file: ${option} ${join(path, example)}.`,
    })
  }
  const folder = dirname(resolve(path))
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw writeError(error, path)
    throw new GradusError('usage/not-a-folder', `${option} cannot be ${path}: ${folder} is not a folder`, {
      hint: `Name another file with ${option}.`,
    })
  }
}
