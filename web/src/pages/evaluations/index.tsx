// The evaluations of a run: results of a task over the steps as a table and a curve, and two steps side by side on the same
// problems. All that is chosen is in the address.
import type { EvaluationsAnswer, RunAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { Failure, Loading, Notice } from '../../components/notice.tsx'
import { RunHeader } from '../../components/run-header.tsx'
import { apiPath } from '../../lib/server.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { useServer } from '../../lib/use-server.ts'
import '../rollouts/rollouts.css'
import './evaluations.css'
import { Results } from './results.tsx'
import { SideBySide } from './side-by-side.tsx'

/** The page. */
export default function EvaluationsPage() {
  const [run] = useUrlState<string>('run', '')
  const watch = run === '' ? undefined : run
  const about = useServer<RunAnswer>(run === '' ? undefined : apiPath('run', { run }), watch)
  const asked = useServer<EvaluationsAnswer>(run === '' ? undefined : apiPath('evaluations', { run }), watch)
  if (run === '') {
    return (
      <Notice title="Which run?">
        Open one in the <a href="/">list of runs</a> and choose “Evaluations”.
      </Notice>
    )
  }
  if (asked.data === undefined) {
    return asked.error ? <Failure error={asked.error} retry={asked.again} /> : <Loading />
  }
  const tasks = asked.data.tasks.filter((task) => task.points.length > 0)
  return (
    <>
      <RunHeader run={run} current="evaluations" answer={about.data} />
      {tasks.length === 0 ? (
        <Notice title="Nothing was evaluated">
          A run evaluates its checkpoints as its recipe says, or afterwards by <code>gradus eval</code>.
        </Notice>
      ) : (
        <OfTasks key={run} run={run} tasks={tasks} />
      )}
    </>
  )
}

function OfTasks({ run, tasks }: { run: string; tasks: EvaluationsAnswer['tasks'] }) {
  const [name, setTask] = useUrlState<string>('task', '')
  const [chosen, setSteps] = useUrlState<string>('steps', '')
  const task = tasks.find((one) => one.task === name) ?? tasks[0]
  const known = task.points.map((point) => point.step)
  const [before, after] = stepsOf(chosen, known)
  return (
    <>
      {tasks.length > 1 && (
        <div class="controls">
          <Choice
            label="Task"
            value={task.task}
            options={tasks.map((one) => ({ value: one.task, label: `${one.task} (${one.points.length})` }))}
            onChange={(next) => {
              setSteps('')
              setTask(next)
            }}
          />
        </div>
      )}
      <Results task={task} before={before} after={after} />
      <SideBySide
        key={task.task}
        {...{ run, task: task.task, known, before, after }}
        onSteps={(a, b) => setSteps(`${a},${b}`)}
      />
    </>
  )
}

/** The two steps that an address names; the first and the last where it names none, or others than there are. */
function stepsOf(text: string, known: readonly number[]): readonly [number, number] {
  const [a, b] = text.split(',').map((part) => (part === '' ? Number.NaN : Number(part)))
  return [known.includes(a) ? a : known[0], known.includes(b) ? b : known[known.length - 1]]
}
