// The playground: samples from a checkpoint of a run, drawn while one watches. The page holds the form and the result
// together; all that is chosen is in the address, and nothing is sampled before one asks for it.
import type { AboutAnswer, ModelsAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Failure, Loading, Notice } from '../../components/notice.tsx'
import { usePageTitle } from '../../lib/page-title.ts'
import { apiPath } from '../../lib/server.ts'
import { useServer } from '../../lib/use-server.ts'
import { useSampling } from './follow-sampling.ts'
import './playground.css'
import { RequestForm } from './request-form.tsx'
import { SamplingView } from './sampling-view.tsx'

/** The page. */
export default function PlaygroundPage() {
  usePageTitle('Playground')
  const asked = useServer<ModelsAnswer>(apiPath('models'), '')
  const about = useServer<AboutAnswer>(apiPath('about'))
  const { state, asked: request, start, stop } = useSampling()
  if (asked.data === undefined) {
    return asked.error ? (
      <Failure error={asked.error} retry={asked.again} />
    ) : (
      <Loading what="Looking for checkpoints" />
    )
  }
  const { models } = asked.data
  return (
    <>
      <h1>Playground</h1>
      <p class="muted playground-about">
        Samples from a checkpoint, token by token, with the verdict of the run’s task.
      </p>
      {about.data?.hasEngine === false ? (
        <Notice title="Nothing can be sampled here">This server has no engine to run models with.</Notice>
      ) : models.length === 0 ? (
        <Notice title="There is nothing to sample from">
          A run can be sampled from once it has a checkpoint. None of the runs here has one yet.
        </Notice>
      ) : (
        <RequestForm
          models={models}
          isBusy={state?.phase === 'waiting' || state?.phase === 'drawing'}
          {...{ start, stop }}
        />
      )}
      {state !== undefined && request !== undefined && <SamplingView state={state} request={request} />}
    </>
  )
}
