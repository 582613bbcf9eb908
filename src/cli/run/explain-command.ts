// What `gradus explain` prints of a recipe: everything comes from the recipe's own metadata, schema and stages.
import type { RecipeSetting, Stage } from '../../contracts/index.ts'
import { findRecipe } from '../../recipes/index.ts'
import { configDifferences } from '../../store/index.ts'
import { tasks } from '../../tasks/index.ts'
import type { Io } from '../io.ts'
import { describeSettings } from './describe-settings.ts'
import { makePlan } from './make-plan.ts'
import { parseAssignments } from './overrides.ts'
import { partsOf } from './run-plan.ts'

/** Options of the verb. */
export interface ExplainOptions {
  readonly task?: string
  readonly set: readonly string[]
  readonly json?: boolean
}

/** Prints the recipe. @throws `config/...`, `usage/unknown-task` */
export function explainRecipe(id: string, { task: taskId = tasks[0].id, set, json }: ExplainOptions, io: Io): void {
  const recipe = findRecipe(id)
  const plan = makePlan({ recipe: id, task: taskId, settings: parseAssignments(set), seed: 1, device: 'cpu' })
  const { task } = partsOf(plan)
  const stages = recipe.stages(plan.config as never, { task, seed: plan.seed } satisfies RecipeSetting)
  const differs = recipe.baseline === undefined ? undefined : differences(recipe.baseline, plan.config)
  if (json) {
    const { family, paper, baseline = null, summary, deviations } = recipe
    const losses = stages.map(describeStage)
    const out = {
      id,
      family,
      paper,
      baseline,
      summary,
      deviations,
      stages: losses,
      config: plan.config,
      differs: differs ?? null,
    }
    io.out(`${JSON.stringify(out)}\n`)
    return
  }
  const { paper, deviations } = recipe
  io.out(
    [
      `${id} (${recipe.family}): ${recipe.summary}`,
      '',
      `paper      ${paper.title}, ${paper.year}${/^\d{4}\.\d+$/.test(paper.id) ? `, https://arxiv.org/abs/${paper.id}` : ` (${paper.id})`}`,
      ...stages.map((stage) => {
        const { id: stageId, steps, problems, loss, formula } = describeStage(stage)
        return `stage      ${stageId}: ${steps} steps of ${problems} problems, loss ${loss}${formula === null ? '' : `\n           ${formula}`}`
      }),
      ...deviations.map((text, i) => `${i === 0 ? 'differs' : ''}`.padEnd(11) + text),
      ...(differs === undefined
        ? []
        : [`baseline   ${recipe.baseline}; other settings: ${differs.join(', ') || 'none'}`]),
      '',
      describeSettings(recipe.config, 'setting', plan.config),
      '',
    ].join('\n'),
  )
}

function describeStage({ id, steps, problems, loss }: Stage) {
  return { id, steps, problems, loss: loss.id, formula: loss.formula ?? null }
}

// Settings whose defaults are not those of the baseline.
function differences(baseline: string, config: unknown): readonly string[] {
  const defaults: unknown = findRecipe(baseline).config.parse({})
  return configDifferences(defaults, config).map(({ path, after }) => `${path}=${JSON.stringify(after) ?? 'none'}`)
}
