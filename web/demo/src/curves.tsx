// The two charts of a run, their legend, and the evaluations as a table.
import { CurveChart, type Line } from './curve-chart.tsx'
import type { Point } from './demo-state.ts'
import { share } from './say-numbers.ts'
import type { Budget } from './training/budgets.ts'

/** Held-out pass@1 with its interval and the reward above, the supervised loss below. */
export function Curves({ points, budget }: { points: readonly Point[]; budget: Budget }) {
  const seconds = points.map(({ time_s }) => time_s)
  const column = (of: (point: Point) => number | undefined): (number | null)[] => points.map((p) => of(p) ?? null)
  const pass: Line = {
    label: 'pass@1',
    color: '--s0',
    values: column((p) => p.pass?.value),
    low: column((p) => p.pass?.low),
    high: column((p) => p.pass?.high),
  }
  const reward: Line = { label: 'reward', color: '--s1', values: column((p) => p.reward) }
  const loss: Line = { label: 'loss', color: '--s2', values: column((p) => p.loss) }
  const mark = points.findLast(({ stage }) => stage === 'sft')?.time_s
  const common = { seconds, mark: points.at(-1)?.stage === 'rl' ? mark : undefined }
  const evaluations = points.filter(({ pass: found }) => found !== undefined)
  const newest = evaluations.at(-1)?.pass
  const said = newest ? `, now ${share(newest.value)}` : ''
  return (
    <section aria-labelledby="curves">
      <h2 id="curves">Learning curves</h2>
      <ul class="legend">
        <li class="pass">
          pass@1 on {budget.size.held} held-out problems, with its 95 % interval, by seconds of training
        </li>
        <li class="reward">mean reward of the rollouts that a step learns from</li>
      </ul>
      <CurveChart
        {...common}
        label={`pass@1 and reward by seconds of training${said}. The dashed line is where reinforcement learning begins.`}
        lines={[pass, reward]}
        range={[0, 1]}
        height={240}
      />
      <ul class="legend">
        <li class="loss">loss of supervised fine-tuning, in nats a token</li>
      </ul>
      <CurveChart {...common} label="Supervised loss by seconds of training" lines={[loss]} range={[0]} height={140} />
      <details>
        <summary>Evaluations as a table</summary>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Stage</th>
                <th scope="col" class="number">
                  pass@1 [95 %]
                </th>
              </tr>
            </thead>
            <tbody>
              {evaluations.map(({ step, stage, pass: found }) => (
                <tr key={step}>
                  <td>{step}</td>
                  <td>{stage === 'sft' ? 'supervised' : 'reinforcement'}</td>
                  <td class="number">{found && `${share(found.value)} [${share(found.low)}, ${share(found.high)}]`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}
