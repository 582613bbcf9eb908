// How to go on with a run that stopped: its command, asked for when the reader wants it.
import { useEffect, useRef } from 'preact/hooks'
import type { RunAnswer } from '../../../../src/serve/dashboard/api.ts'
import { CopyText } from '../../components/copy-text.tsx'
import { Loading } from '../../components/notice.tsx'
import { apiPath } from '../../lib/server.ts'
import { useServer } from '../../lib/use-server.ts'

/** A window over the page; `onClose` when it is left. */
export function ResumeDialog({ run, onClose }: { run: string; onClose: () => void }) {
  const { data, error } = useServer<RunAnswer>(apiPath('run', { run }))
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="resume-title" onClose={onClose}>
      <h2 id="resume-title">Go on with {run}</h2>
      {error && <p class="error-text">{error.message}</p>}
      {data === undefined && error === undefined && <Loading what="Asking how" />}
      {data?.info.exitReason !== undefined && <p class="muted">It stopped: {data.info.exitReason}</p>}
      {data !== undefined &&
        (data.resumeCommand === null ? (
          <p>There is nothing to go on with.</p>
        ) : (
          <>
            <CopyText text={data.resumeCommand} label="the command" />
            <p class="muted">It goes on from the last checkpoint, to the same bytes as a run that never stopped.</p>
          </>
        ))}
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  )
}
