// `--engine`: which engine has the weights. Reads the words and checks them; connects to nothing.
import { closestName } from '../../base/closest-name.ts'
import { GradusError } from '../../base/error.ts'

/** An engine by name, and where it is. */
export type EngineSpec =
  | { readonly kind: 'embedded' }
  | { readonly kind: 'openai' | 'tinker' /** Origin and path, without a slash at the end. */; readonly url: string }

const kinds = ['embedded', 'openai', 'tinker'] as const

/** Reads `embedded`, `openai:URL` or `tinker:URL`. @throws `usage/bad-engine` */
export function engineSpec(text: string): EngineSpec {
  if (text === 'embedded') return { kind: 'embedded' }
  const colon = text.indexOf(':')
  const kind = colon < 0 ? text : text.slice(0, colon)
  if (kind !== 'openai' && kind !== 'tinker') {
    const near = /^https?$/.test(kind) ? undefined : closestName(kind, kinds)
    throw bad(
      text,
      near === undefined
        ? `Name the protocol in front, such as openai:${/^https?$/.test(kind) ? text : 'http://127.0.0.1:8000'}.`
        : `Did you mean "${near}"?`,
    )
  }
  const address = text.slice(colon + 1)
  const url = colon < 0 ? undefined : urlOf(address)
  if (url === undefined) throw bad(text, `Give the server's address, such as ${kind}:http://127.0.0.1:8000.`)
  if (url.username !== '' || url.password !== '') {
    throw bad(`${kind}:...`, 'Keys do not belong into addresses: set OPENAI_API_KEY or TINKER_API_KEY.')
  }
  return { kind, url: `${url.origin}${url.pathname}`.replace(/\/+$/, '') }
}

function urlOf(text: string): URL | undefined {
  try {
    const url = new URL(text)
    return /^https?:$/.test(url.protocol) ? url : undefined
  } catch {
    return undefined
  }
}

function bad(text: string, hint: string): GradusError {
  return new GradusError('usage/bad-engine', `"${text}" is no engine: expected embedded, openai:URL or tinker:URL`, {
    hint,
  })
}
