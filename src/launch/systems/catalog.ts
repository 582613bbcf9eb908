// The systems that can be launched. Adding one is an import and a line.
import { closestName } from '../../base/closest-name.ts'
import { GradusError } from '../../base/error.ts'
import type { LaunchSystem } from './launch.ts'
import { skyrl } from './skyrl.ts'
import { trl } from './trl.ts'
import { verl } from './verl.ts'

/** All of them. */
export const launchSystems: readonly LaunchSystem[] = [skyrl, trl, verl]

/** The system of this id. @throws `usage/unknown-system` */
export function findSystem(id: string): LaunchSystem {
  const found = launchSystems.find((system) => system.id === id)
  if (found !== undefined) return found
  const ids = launchSystems.map((system) => system.id)
  const near = closestName(id, ids)
  throw new GradusError('usage/unknown-system', `there is no system "${id}" to launch`, {
    hint: `${near === undefined ? '' : `Did you mean "${near}"? `}The systems are: ${ids.join(', ')}.`,
  })
}
