// A model that comes from a run knows that run's problems; the knobs of the new run come from elsewhere. Nothing is taken
// over silently, so where the two differ a note says it, and the options that would make them alike.
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isGradusError } from '../../base/error.ts'
import type { Knobs } from '../../contracts/index.ts'
import { findTask, readKnobs } from '../../tasks/index.ts'
import { isSettings, type Settings } from './overrides.ts'
import { type RunPlan, readPlan } from './run-plan.ts'

/** What to say of a plan whose model was trained with other knobs; undefined where there is nothing to say. */
export function knobNote(plan: RunPlan): string | undefined {
  const dir = plan.model === null ? undefined : runOf(plan.model)
  if (dir === undefined) return undefined
  try {
    return knobDifference(plan, readPlan(dir), dir)
  } catch (error) {
    // A run that was not made by gradus train, or with knobs that the task had once.
    if (isGradusError(error)) return undefined
    throw error
  }
}

/** The same of the plans themselves. */
export function knobDifference(plan: RunPlan, parent: RunPlan, name: string): string | undefined {
  const [mine, theirs] = [knobsOf(plan), knobsOf(parent)]
  if (plan.task !== parent.task || mine === undefined || theirs === undefined) return undefined
  const keys = Object.keys(theirs).filter((key) => JSON.stringify(theirs[key]) !== JSON.stringify(mine[key]))
  if (keys.length === 0) return undefined
  const shown = (knobs: Settings): string => JSON.stringify(Object.fromEntries(keys.map((key) => [key, knobs[key]])))
  const options = keys.map((key) => {
    const value = theirs[key]
    return Array.isArray(value) ? `--levels ${value.join(',')}` : `--set knobs.${key}=${valueText(value)}`
  })
  return `${name} was trained with knobs ${shown(theirs)}; this run uses ${shown(mine)}; ${options.join(' ')} sets them`
}

/** The run of a checkpoint's folder. */
function runOf(folder: string): string | undefined {
  const dir = dirname(dirname(folder))
  return existsSync(join(dir, 'run.json')) ? dir : undefined
}

/** All knobs, with several levels as a list; undefined where problems do not come from knobs. */
function knobsOf({ task, data, levels, config }: RunPlan): Settings | undefined {
  if (data !== null || !isSettings(config.knobs)) return undefined
  const { id, knobs } = findTask(task)
  return { ...readKnobs(id, knobs, config.knobs as Knobs), ...(levels !== null && { level: levels }) }
}

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
