// A working directory as Ray takes it: a zip archive named by its content, so that it is uploaded once.
import { createHash } from 'node:crypto'
import { GradusError } from '../../base/error.ts'
import { type Files, zip } from './zip.ts'

/** A working directory, packed. */
export interface Package {
  /** Such as `_ray_pkg_0123456789abcdef.zip`. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Ray keeps packages in the memory of the head node and refuses them from 512 MiB on. */
const MOST_BYTES = 256 * 2 ** 20

/** Packs files. @throws `usage/package-too-large` */
export function packageOf(files: Files): Package {
  const bytes = zip(files)
  if (bytes.length > MOST_BYTES) {
    throw new GradusError(
      'usage/package-too-large',
      `the working directory has ${Math.round(bytes.length / 2 ** 20)} MiB`,
      {
        hint: 'Ray takes 256 MiB at most. Send fewer rows (--n).',
      },
    )
  }
  const digest = createHash('sha256').update(bytes).digest('hex')
  return { name: `_ray_pkg_${digest.slice(0, 16)}.zip`, bytes }
}
