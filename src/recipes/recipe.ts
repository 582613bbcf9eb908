// Types a recipe literal: its `stages` gets the resolved type of its `config`.
import type { Recipe } from '../contracts/index.ts'

/** A recipe as it is written; the configuration's type follows from its schema. */
export const recipe = <Config>(definition: Recipe<Config>): Recipe<Config> => definition
