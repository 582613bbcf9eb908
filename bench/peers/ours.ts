// Our side of one comparison, in a process of its own: loads the shared weights, measures, prints one line of JSON.
//   tsx bench/peers/ours.ts train|decode|grpo --work DIR --size 0.8M [--repetitions 10] [--new-tokens 128]
import { parseArgs } from 'node:util'
import {
  MatmulProbe,
  measureDecoding,
  measureGrpo,
  measureTraining,
  RunTimer,
  withoutEnd,
} from '../../src/bench/index.ts'
import { loadModel } from '../../src/engine/checkpoint.ts'
import type { EmbeddedModel } from '../../src/engine/embedded-model.ts'
import { EmbeddedTrainer } from '../../src/engine/embedded-trainer.ts'
import { SamplerPrograms } from '../../src/engine/sampler-programs.ts'
import { adamwConfig } from '../../src/optim/index.ts'
import { BATCHES, modelFolder, sizeOf } from './work.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    work: { type: 'string', default: '.' },
    size: { type: 'string', default: '0.8M' },
    repetitions: { type: 'string', default: '10' },
    'new-tokens': { type: 'string', default: '128' },
    prompts: { type: 'string', default: '32' },
    batches: { type: 'string', default: BATCHES.join(',') },
  },
})
const size = sizeOf(values.size)
const repetitions = Number(values.repetitions)
const clock = { nowMs: () => performance.now(), iso: () => new Date().toISOString() }

async function main(): Promise<unknown> {
  const timer = new RunTimer(clock)
  const loaded = await loadModel(modelFolder(values.work, size.name), { observer: timer })
  const model: EmbeddedModel = { ...loaded, tokenizer: withoutEnd(loaded.tokenizer) }
  const trainer = () => new EmbeddedTrainer(model, { optimizer: adamwConfig.parse({ kind: 'adamw' }) })
  switch (positionals[0]) {
    case 'train': {
      const probe = await MatmulProbe.compile(clock)
      const { tokPerS, peakShare, losses } = await measureTraining(size, trainer(), { probe, clock, repetitions })
      return { tok_per_s: tokPerS.median, peak_share: peakShare.median, losses }
    }
    case 'decode': {
      const programs = new SamplerPrograms(model)
      const newTokens = Number(values['new-tokens'])
      const setting = { model, programs, timer, clock, newTokens, repetitions }
      const tokPerS: Record<string, number> = {}
      for (const batch of values.batches.split(',').map(Number))
        tokPerS[batch] = (await measureDecoding(size, batch, setting)).tokPerS.median
      return { tok_per_s: tokPerS }
    }
    case 'grpo': {
      const prompts = Number(values.prompts)
      const { seconds, step } = await measureGrpo(trainer(), model.tokenizer, { prompts, clock, repetitions })
      const phases = Object.fromEntries(Object.entries(seconds).map(([phase, { median }]) => [phase, median]))
      return { step_s: step.median, phases }
    }
    default:
      throw new Error(`what to measure: train, decode or grpo, not "${positionals[0]}"`)
  }
}

console.log(JSON.stringify(await main()))
process.exit(0)
