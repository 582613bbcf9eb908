// The Python files that are sent to a cluster, which lie beside this one.
import { readFileSync } from 'node:fs'

/** Names of the templates. */
export type TemplateName = 'gradus_rewards.py' | 'train_trl.py' | 'reward_verl.py' | 'serve_skyrl.py'

/** The text of a template. */
export function template(name: TemplateName): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}
