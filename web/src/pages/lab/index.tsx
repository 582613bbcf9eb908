// What a lab found: `/lab?lab=NAME&testbed=NAME&claim=grpo:1&outcome=held`. To be read from top to bottom by someone who was
// not there: what was compared, what came out, which claims held, and what is missing.
import { Link } from 'wouter-preact'
import type { LabAnswer, LabsAnswer, RunsAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Choice } from '../../components/choice.tsx'
import { Failure, Loading, Notice } from '../../components/notice.tsx'
import { pageOf } from '../../lib/links.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { apiPath } from '../../lib/server.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { useServer } from '../../lib/use-server.ts'
import './lab.css'
import { LabReport } from './lab-report.tsx'

/** The page. */
export default function LabPage() {
  const [lab, setLab] = useUrlState<string>('lab', '')
  const [testbed, setTestbed] = useUrlState<string>('testbed', '')
  const labs = useServer<LabsAnswer>(apiPath('labs'), '')
  const known = labs.data?.labs ?? []
  // Without a choice, or half of one, the first that fits.
  const shown = known.find((one) => (lab === '' || one.lab === lab) && (testbed === '' || one.testbed === testbed))
  const answer = useServer<LabAnswer>(
    shown === undefined ? undefined : apiPath('lab', { lab: shown.lab, testbed: shown.testbed }),
    '',
  )
  const runs = useServer<RunsAnswer>(shown === undefined ? undefined : apiPath('runs'), '')
  usePageTitle(shown === undefined ? 'Lab' : `Lab: ${shown.testbed}`)
  if (labs.data === undefined) {
    return (
      <>
        <h1>Lab</h1>
        {labs.error ? <Failure error={labs.error} retry={labs.again} /> : <Loading what="Looking for labs" />}
      </>
    )
  }
  if (known.length === 0) return <NoLab />
  if (shown === undefined) {
    return (
      <>
        <h1>Lab</h1>
        <Notice title={`There is no lab ${[lab, testbed].filter(Boolean).join(', ')} here`}>
          <ul class="lab-list">
            {known.map((one) => (
              <li key={keyOf(one)}>
                <Link href={pageOf('/lab', { lab: one.lab, testbed: one.testbed })}>{labelOf(one)}</Link>
              </li>
            ))}
          </ul>
        </Notice>
      </>
    )
  }
  return (
    <div class="lab">
      <header class="lab-head">
        <h1>{shown.testbed}</h1>
        {known.length > 1 && (
          <Choice
            label="Lab"
            value={keyOf(shown)}
            options={known.map((one) => ({ value: keyOf(one), label: labelOf(one) }))}
            onChange={(key) => {
              const next = known.find((one) => keyOf(one) === key)
              if (next === undefined) return
              setLab(next.lab)
              setTestbed(next.testbed)
            }}
          />
        )}
      </header>
      {answer.error && <Failure error={answer.error} retry={answer.again} />}
      {answer.data ? (
        <LabReport answer={answer.data} runs={runs.data?.runs ?? []} />
      ) : (
        !answer.error && <Loading what="Reading the lab" />
      )}
    </div>
  )
}

type KnownLab = LabsAnswer['labs'][number]

const keyOf = ({ lab, testbed }: KnownLab): string => `${lab}\n${testbed}`

const labelOf = ({ lab, testbed, recipes, missing }: KnownLab): string =>
  `${testbed}${lab === '.' ? '' : ` in ${lab}`} (${recipes} recipe${recipes === 1 ? '' : 's'}${missing > 0 ? `, ${missing} runs missing` : ''})`

function NoLab() {
  return (
    <>
      <h1>Lab</h1>
      <Notice title="There is no lab below this folder">
        <p>
          A lab trains several recipes from one starting model at an equal budget, over several seeds, and checks what
          their papers claim. It is made by
        </p>
        <p>
          <code>gradus lab run --recipes grpo,dapo --seeds 5 --out lab</code>
        </p>
      </Notice>
    </>
  )
}
