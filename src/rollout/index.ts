// How problems become rollouts.
export { demonstrate, demonstratePair, type StyleShare } from './demonstrate.ts'
export { promptTokens } from './prompt-tokens.ts'
export { type SampleGroupOptions, sampleGroup } from './sample-group.ts'
