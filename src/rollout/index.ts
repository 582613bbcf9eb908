// How problems become rollouts.
export { demonstrate, type StyleShare } from './demonstrate.ts'
export { promptTokens } from './prompt-tokens.ts'
export { sampleGroup, type SampleGroupOptions } from './sample-group.ts'
