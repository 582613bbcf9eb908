// What can go wrong with Ray's Jobs API, as errors that say what to do.
import { GradusError, isGradusError } from '../../base/error.ts'
import type { HttpReply } from '../../engine/remote/http/index.ts'
import { serverMessage } from '../../engine/remote/http/index.ts'
import type { Job } from './job.ts'

const reach =
  'Start one with `ray start --head`, or make the one of a cluster reachable: ssh -L 8265:127.0.0.1:8265 HEAD. ' +
  'Then give its address with --address.'

/** `error` told as one about the cluster at `url`, where it is one about the connection. */
export function connectionError(error: unknown, url: string): unknown {
  if (!isGradusError(error) || (error.code !== 'remote/unreachable' && error.code !== 'remote/timeout')) return error
  return new GradusError('remote/no-ray', `there is no answer from Ray's job server at ${url}: ${error.message}`, {
    hint: reach,
    cause: error,
  })
}

/** Something answers that is no job server. */
export const notRay = (url: string, why: string): GradusError =>
  new GradusError('remote/not-ray', `${url} is not Ray's job server: ${why}`, {
    hint: "The address is that of Ray's dashboard, usually port 8265, not of its other ports. The head needs ray[default].",
  })

/** The token is missing or wrong. */
export const unauthorised = (url: string, { status }: HttpReply): GradusError =>
  new GradusError('remote/ray-token', `Ray's job server at ${url} wants ${status === 401 ? 'a' : 'another'} token`, {
    hint: 'Set RAY_AUTH_TOKEN to the token of the cluster.',
  })

/** No job has this id. */
export const unknownJob = (url: string, id: string): GradusError =>
  new GradusError('remote/unknown-job', `there is no job ${id} at ${url}`, {
    hint: '`gradus launch status` lists the jobs. A cluster forgets them when it is started again.',
  })

/** Another job has this id already. */
export const jobExists = (id: string, { status }: Job): GradusError =>
  new GradusError('remote/job-exists', `there is another job ${id} already (${status})`, {
    hint: 'Give another name with --id, or leave it out.',
  })

/** The server took the request and did not do it; what it says ends in the line that matters. */
export function refused(what: string, reply: HttpReply): GradusError {
  const text = serverMessage({ ...reply, bytes: reply.bytes.subarray(-20_000) })
  const said = text.length < 480 ? text : (lastLine(reply.text()) ?? text)
  return new GradusError('remote/ray-refused', `Ray did not ${what}: ${reply.status}, ${said}`, {
    hint: reply.status >= 500 ? 'Look into the log of the dashboard on the head node, then try again.' : undefined,
    cause: reply,
  })
}

/** The job ended without success; the last lines of its log are in the message. */
export function jobFailed(job: Job, lines: readonly string[]): GradusError {
  const code = job.exitCode === undefined ? '' : `, exit code ${job.exitCode}`
  const shown =
    lines.length === 0 ? 'Its log is empty.' : `Its last lines:\n${lines.map((line) => `  ${line}`).join('\n')}`
  const what = job.status === 'STOPPED' ? 'was stopped' : `failed${code}: ${job.message.split('\n')[0].slice(0, 500)}`
  return new GradusError(
    job.status === 'STOPPED' ? 'remote/job-stopped' : 'remote/job-failed',
    `job ${job.id} ${what}\n${shown}`,
    {
      hint: `The whole log: gradus launch logs ${job.id}`,
    },
  )
}

function lastLine(text: string): string | undefined {
  return text
    .split('\n')
    .findLast((line) => line.trim() !== '')
    ?.trim()
    .slice(0, 480)
}
