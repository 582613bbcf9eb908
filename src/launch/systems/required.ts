// What a system that trains cannot do without.
import { GradusError } from '../../base/error.ts'
import type { LaunchProblems, LaunchSetting, RewardsAddress } from './launch.ts'

/** The problems and the reward server. @throws `usage/no-problems`, `usage/no-rewards` */
export function required(
  system: string,
  { problems, rewards }: LaunchSetting,
): { problems: LaunchProblems; rewards: RewardsAddress } {
  if (problems === undefined || problems.train.length === 0) {
    throw new GradusError('usage/no-problems', `${system} needs problems to train on`, {
      hint: 'Give a task with --task, and with --data where its problems come from files.',
    })
  }
  if (rewards === undefined) {
    throw new GradusError('usage/no-rewards', `${system} needs a reward server`, {
      hint: `Start one with \`gradus rewards --task ${problems.task.id} --host ADDRESS\`, and give its address as the cluster reaches it with --rewards.`,
    })
  }
  return { problems, rewards }
}
