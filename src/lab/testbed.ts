// A testbed: the base model, the problems and the budget that methods are compared on. Types only; the built-in ones are
// in testbeds.ts, and how a testbed's settings become a run's configuration is the caller's business.

/** Settings by name, nested as in a configuration. */
export type Settings = Readonly<Record<string, unknown>>

/** Where methods are compared: one starting model, one set of held-out problems, one budget. */
export interface Testbed {
  /** Kebab-case; names a folder. */
  readonly id: string
  /** One sentence. */
  readonly summary: string
  /** Task id. */
  readonly task: string
  /** Of the base model's own training, over the task's presets; `model` is its shape. */
  readonly base: Settings
  /** Over the task's presets of every recipe. Keys that a recipe does not have are left out for it. */
  readonly recipe: Settings
  /** Tokens that every run trains on, about: a run ends after the step that reaches them. */
  readonly tokens: number
  /** Steps that no run goes beyond, whatever its tokens. */
  readonly steps: number
}
