// Requests to the dashboard's server. What comes back is trusted to be what src/serve/dashboard/api.ts says: it is our own
// server, and it checks what it reads.

/** An answer that was not the one asked for. */
export class ServerError extends Error {
  readonly status: number
  readonly code: string
  readonly hint?: string

  constructor(message: string, { status, code, hint }: { status: number; code: string; hint?: string }) {
    super(message)
    this.status = status
    this.code = code
    this.hint = hint
  }
}

/** Parameters of an address; what is undefined or empty is left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** `/api/NAME?...` */
export function apiPath(name: string, query: Query = {}): string {
  const given = Object.entries(query).flatMap(([key, value]) =>
    value === undefined || value === '' ? [] : [[key, String(value)]],
  )
  return given.length === 0 ? `/api/${name}` : `/api/${name}?${new URLSearchParams(given)}`
}

/** Asks for JSON. @throws ServerError */
export async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  let reply: Response
  try {
    reply = await fetch(path, init)
  } catch (error) {
    if (init.signal?.aborted) throw error
    throw new ServerError('The server does not answer', {
      status: 0,
      code: 'unreachable',
      hint: 'Is gradus show still running? This page goes on when it is back.',
    })
  }
  if (!reply.ok) throw await errorOf(reply)
  return reply.json()
}

/** Sends JSON. @throws ServerError */
export function send<Answer>(
  method: 'POST' | 'PUT',
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  return ask(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal })
}

/** The error that an answer tells. */
export async function errorOf(reply: Response): Promise<ServerError> {
  const body: unknown = await reply.json().catch(() => undefined)
  const told = (body as { error?: { message?: string; code?: string; hint?: string } } | undefined)?.error
  return new ServerError(told?.message ?? `The server answered ${reply.status}`, {
    status: reply.status,
    code: told?.code ?? 'http',
    hint: told?.hint,
  })
}
