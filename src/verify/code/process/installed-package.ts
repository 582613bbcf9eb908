// Finds an optional package on disk without loading it, or says which one to add.
import { createRequire } from 'node:module'
import { join, sep } from 'node:path'
import { GradusError } from '../../../base/error.ts'

/** The file that `specifier` names, seen from this package or from `from`; throws `sandbox/missing-package`. */
export function resolvePackage(specifier: string, packageToAdd: string, from: string = import.meta.url): string {
  try {
    return createRequire(from).resolve(specifier)
  } catch (cause) {
    throw new GradusError('sandbox/missing-package', `this sandbox needs the package '${packageToAdd}'`, {
      hint: `Run 'npm install ${packageToAdd}'.`,
      cause,
    })
  }
}

/** The outermost node_modules folder that holds a file: package managers link from there into their own stores. */
export function modulesFolder(file: string): string {
  const mark = `${sep}node_modules${sep}`
  const at = file.indexOf(mark)
  return at < 0 ? join(file, '..') : file.slice(0, at + mark.length - 1)
}
