// What `gradus explain` prints of a recipe: everything comes from the recipe's own metadata, schema and stages.
import type { Paper, RecipeSetting, Stage } from '../../contracts/index.ts'
import { findRecipe } from '../../recipes/index.ts'
import { configDifferences } from '../../store/index.ts'
import { tasks } from '../../tasks/index.ts'
import type { Io } from '../io.ts'
import { describeSettings } from './describe-settings.ts'
import { makePlan } from './make-plan.ts'
import { parseAssignments, type Settings } from './overrides.ts'
import { lineDifference, pseudoCode } from './pseudo-code.ts'
import { partsOf } from './run-plan.ts'

/** Options of the verb. */
export interface ExplainOptions {
  readonly task?: string
  readonly set: readonly string[]
  readonly json?: boolean
}

/** Everything that is printed of a recipe. */
export interface Explanation {
  readonly id: string
  readonly family: string
  readonly paper: Paper
  readonly baseline: string | null
  readonly summary: string
  readonly deviations: readonly string[]
  readonly claims: readonly string[]
  readonly stages: readonly {
    readonly id: string
    readonly steps: number
    readonly problems: number
    readonly loss: string
    readonly formula: string | null
    readonly pseudoCode: readonly string[]
  }[]
  readonly config: Settings
  /** Against the baseline: lines of pseudo-code, and settings as `path=value`. */
  readonly differs: { readonly steps: readonly string[]; readonly settings: readonly string[] } | null
}

/** Works out the explanation of a recipe on a task. @throws `config/...`, `usage/unknown-task` */
export function explain(id: string, taskId: string, settings: Settings = {}): Explanation {
  const recipe = findRecipe(id)
  const { family, paper, baseline = null, summary, deviations, claims } = recipe
  const own = resolved(id, taskId, settings)
  const base = baseline === null ? undefined : resolved(baseline, taskId)
  const lines = (stages: readonly Stage[]): readonly string[] => stages.flatMap(pseudoCode)
  return {
    id,
    family,
    paper,
    baseline,
    summary,
    deviations,
    claims: claims.map(({ statement }) => statement),
    stages: own.stages.map((stage) => ({
      id: stage.id,
      steps: stage.steps,
      problems: stage.problems,
      loss: stage.loss.id,
      formula: stage.loss.formula ?? null,
      pseudoCode: pseudoCode(stage),
    })),
    config: own.config,
    differs: base
      ? {
          steps: lineDifference(lines(base.stages), lines(own.stages)),
          settings: configDifferences(base.config, own.config).map(({ path, after }) =>
            after === undefined ? `no ${path}` : `${path}=${JSON.stringify(after)}`,
          ),
        }
      : null,
  }
}

/** The configuration and the stages of a recipe with the presets of a task. */
function resolved(id: string, taskId: string, settings: Settings = {}): { config: Settings; stages: readonly Stage[] } {
  const plan = makePlan({ recipe: id, task: taskId, settings, seed: 1, device: 'cpu' })
  const { task, recipe } = partsOf(plan)
  const setting = { task, seed: plan.seed } satisfies RecipeSetting
  return { config: plan.config, stages: recipe.stages(plan.config as never, setting) }
}

/** Prints the recipe. @throws `config/...`, `usage/unknown-task` */
export function explainRecipe(id: string, { task = tasks[0].id, set, json }: ExplainOptions, io: Io): void {
  const explanation = explain(id, task, parseAssignments(set))
  if (json) {
    io.out(`${JSON.stringify(explanation)}\n`)
    return
  }
  const { family, summary, paper, stages, deviations, baseline, differs, config, claims } = explanation
  const listed = (title: string, lines: readonly string[]): readonly string[] =>
    lines.map((line, i) => `${i === 0 ? title : ''}`.padEnd(11) + line)
  const out = [
    `${id} (${family}): ${summary}`,
    '',
    ...listed('paper', [`${paper.title}, ${paper.year}, ${paperLink(paper)}`]),
    ...listed('claims', claims),
    ...stages.flatMap((stage) => listed(stage.id, stage.pseudoCode)),
    ...listed('deviates', deviations),
    ...(differs
      ? listed('baseline', [`${baseline}, from which it differs in`, ...differs.steps, ...differs.settings])
      : []),
    '',
    describeSettings(findRecipe(id).config, 'setting', config),
    '',
  ]
  io.out(out.join('\n'))
}

/** Where a paper is read: arXiv by its number, or by its digital object identifier; else its id as it is. */
export function paperLink({ id }: Paper): string {
  if (/^\d{4}\.\d+$/.test(id)) return `https://arxiv.org/abs/${id}`
  return id.startsWith('10.') ? `https://doi.org/${id}` : id
}
