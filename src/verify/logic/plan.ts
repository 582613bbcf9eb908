// Judges a plan by carrying it out: every action is possible where it stands, and the last state is a goal.
// It knows no world: states and actions are the model's, which says of an impossible action why it is so.

/** A world: where it starts, what an action does, when one has arrived. All pure. */
export interface PlanModel<S> {
  readonly start: S
  isGoal(state: S): boolean
  /** The next state, or why the action is not possible. States are therefore never texts. */
  apply(state: S, action: string): S | string
}

/** Actions that are carried out at all. */
const mostActions = 10_000

/**
 * `true`, or the first thing wrong with the plan. `maxActions` also bounds how long a good plan may be.
 *
 * @example
 * const jug = { start: 0, isGoal: (s: number) => s === 2, apply: (s: number, a: string) => (a === 'pour' ? s + 1 : 'no such action') }
 * checkPlan(jug, ['pour', 'pour']) // true
 */
export function checkPlan<S>(
  model: PlanModel<S>,
  actions: readonly string[],
  options: { readonly maxActions?: number } = {},
): true | string {
  const most = Math.min(options.maxActions ?? mostActions, mostActions)
  if (actions.length > most) return `it has ${actions.length} actions; at most ${most} are allowed`
  let state = model.start
  for (const [i, action] of actions.entries()) {
    const next = model.apply(state, action)
    if (typeof next === 'string') return `action ${i + 1}, ${shown(action)}: ${next}`
    state = next
  }
  return model.isGoal(state) ? true : `after ${actions.length} actions the goal is not reached`
}

function shown(action: string): string {
  return JSON.stringify(action.length > 24 ? `${action.slice(0, 24)}...` : action)
}
