// What `gradus verify` does: one pair in this thread, so that it answers at once, or under a kill timer when --timeout is
// given; a file through the pool, in batches that keep their order. It imports the comparison by file: the index of
// verify would load the sandboxes as well.
import { availableParallelism } from 'node:os'
import { GradusError } from '../../base/error.ts'
import { readMathOptions } from '../../verify/math/option-table.ts'
import type { MathOptions } from '../../verify/math/options.ts'
import type { VerifyPool } from '../../verify/math/pool/verify-pool.ts'
import { type MathVerdict, verifyMath } from '../../verify/math/verify-math.ts'
import type { Io } from '../io.ts'
import { parseAssignments } from './overrides.ts'
import { type NumberedLine, type PairRow, pairLines, readPairRow, rowWithVerdict } from './pair-rows.ts'

/** Options of the verb. */
export interface VerifyFlags {
  readonly gold?: string
  readonly pred?: string
  readonly file?: string
  readonly preset?: string
  readonly timeout?: number
  readonly workers?: number
  readonly set: readonly string[]
  readonly json?: boolean
  readonly quiet?: boolean
}

const mostWorkers = 4
/** Rows given to the pool at once, for each worker. */
const rowsAtOnce = 512

/** Carries out the verb. @throws `usage/...`, `config/...`, `data/...` */
export async function runVerify(flags: VerifyFlags, io: Io): Promise<void> {
  const { gold, pred, file, preset = 'gradus' } = flags
  const options = readMathOptions(preset, parseAssignments(flags.set))
  if (file !== undefined && (gold !== undefined || pred !== undefined))
    throw new GradusError('usage/pair-or-file', '--file and a single pair exclude each other')
  if (file !== undefined) return verifyFile(file, options, flags, io)
  if (gold === undefined || pred === undefined) {
    throw new GradusError('usage/no-pair', `--${gold === undefined ? 'gold' : 'pred'} is missing`, {
      hint: 'Give --gold and --pred, or --file with pairs.',
    })
  }
  const verdict = await verifyOne(gold, pred, options, flags.timeout)
  io.out(flags.json ? `${JSON.stringify(verdict)}\n` : described(verdict))
}

async function verifyOne(gold: string, pred: string, options: MathOptions, timeoutMs?: number): Promise<MathVerdict> {
  if (timeoutMs === undefined) return verifyMath(gold, pred, options)
  return withPool({ size: 1, timeoutMs, options }, async (pool) => {
    const [verdict] = await pool.verify([{ gold, prediction: pred }])
    return verdict
  })
}

async function withPool<Result>(
  settings: { size: number; timeoutMs?: number; options: MathOptions },
  work: (pool: VerifyPool) => Promise<Result>,
): Promise<Result> {
  const { verifyPool } = await import('../../verify/math/pool/verify-pool.ts')
  const pool = verifyPool(settings)
  try {
    return await work(pool)
  } finally {
    await pool.close()
  }
}

const words = new Map<boolean | null, string>([
  [true, 'equal'],
  [false, 'different'],
  [null, 'undecided'],
])

function described({ equal, reason, gold, prediction, extracted }: MathVerdict): string {
  const lines = [`${words.get(equal)}: ${reason}`]
  if (gold !== undefined) lines.push(`  gold        ${gold}`)
  if (prediction !== undefined) lines.push(`  prediction  ${prediction}`)
  if (extracted !== undefined) lines.push(`  taken from  ${extracted.how}: ${extracted.text.slice(0, 200)}`)
  return `${lines.join('\n')}\n`
}

async function verifyFile(path: string, options: MathOptions, flags: VerifyFlags, io: Io): Promise<void> {
  // All rows are checked before the first is answered, so that stdout stays empty on an error; standard input can be
  // read only once and is kept.
  const kept: NumberedLine[] | undefined = path === '-' ? [] : undefined
  let count = 0
  for await (const line of pairLines(path)) {
    readPairRow(path, line)
    kept?.push(line)
    count++
  }
  if (count === 0) throw new GradusError('data/empty-file', `${path === '-' ? 'standard input' : path} holds no rows`)
  const begun = performance.now()
  const counts = new Map<boolean | null, number>()
  const size = flags.workers ?? Math.min(mostWorkers, availableParallelism())
  await withPool({ size, timeoutMs: flags.timeout, options }, async (pool) => {
    const write = async (rows: readonly PairRow[]): Promise<void> => {
      const verdicts = await pool.verify(rows.map(({ pair }) => pair))
      io.out(`${rows.map((row, i) => rowWithVerdict(row, verdicts[i])).join('\n')}\n`)
      for (const { equal } of verdicts) counts.set(equal, (counts.get(equal) ?? 0) + 1)
    }
    let rows: PairRow[] = []
    for await (const line of kept ?? pairLines(path)) {
      rows.push(readPairRow(path, line))
      if (rows.length < rowsAtOnce * size) continue
      await write(rows)
      rows = []
    }
    if (rows.length > 0) await write(rows)
  })
  if (flags.quiet || flags.json) return
  const seconds = (performance.now() - begun) / 1000
  const parts = [...words].map(([equal, word]) => `${counts.get(equal) ?? 0} ${word}`)
  io.err(`${count} pairs: ${parts.join(', ')}; ${seconds.toPrecision(2)} s, ${Math.round(count / seconds)} pairs/s\n`)
}
