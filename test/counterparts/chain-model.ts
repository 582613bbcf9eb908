// A model folder that has learnt some chain arithmetic: what other programs train and sample in these tests.
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { listCheckpoints } from '../../src/store/index.ts'
import { gradus } from '../e2e/gradus.ts'

/** Trains for a few seconds and leaves a plain model folder. */
export async function trainedChainModel(folder: string, { steps = 150 } = {}): Promise<string> {
  const run = `${folder}-run`
  const settings = [
    ...[
      '--set',
      `schedule.steps=${steps}`,
      '--set',
      'mixture=[]',
      '--set',
      'evaluation.problems=16',
      '--set',
      'knobs.level=2',
    ],
    ...['--set', 'base.model.hiddenSize=64', '--set', 'base.model.feedForward=172', '--set', 'base.model.layers=2'],
    ...['--set', 'base.model.heads=2', '--set', 'base.model.kvHeads=2'],
  ]
  const { code, err } = await gradus('train', 'sft', '--task', 'chain-arithmetic', '--out', run, ...settings)
  if (code !== 0) throw new Error(`training failed: ${err}`)
  const last = listCheckpoints(run).at(-1)
  if (last === undefined) throw new Error(`${run} has no checkpoint`)
  const files = [
    'config.json',
    'generation_config.json',
    'model.safetensors',
    'tokenizer.json',
    'tokenizer_config.json',
  ]
  for (const file of files) cpSync(join(last.folder, file), join(folder, file))
  return folder
}
