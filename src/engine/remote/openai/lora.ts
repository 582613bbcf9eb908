// Adapters that a running vLLM server takes in and lets go (`/v1/load_lora_adapter`). An adapter's name is then a name of a
// model. The path is one on the server's disk.
import { GradusError } from '../../../base/error.ts'
import { type HttpClient, type HttpReply, serverMessage } from '../http/index.ts'

/** An adapter in PEFT's format. */
export interface LoraAdapter {
  readonly name: string
  /** Of the folder, as the server sees it. */
  readonly path: string
}

/** Loads an adapter. With `replace`, over the one of that name, if there is one. @throws `remote/no-lora`, `remote/http` */
export async function loadLora(http: HttpClient, { name, path }: LoraAdapter, { replace = false } = {}): Promise<void> {
  const json = { lora_name: name, lora_path: path, ...(replace && { load_inplace: true }) }
  await call(http, '/load_lora_adapter', json)
}

/** Lets an adapter go. @throws `remote/no-lora`, `remote/http` */
export async function unloadLora(http: HttpClient, name: string): Promise<void> {
  await call(http, '/unload_lora_adapter', { lora_name: name })
}

/** Asks nothing of the server but whether it knows the request: an empty one is refused where it does. */
export async function knowsLora(http: HttpClient): Promise<boolean> {
  const { status } = await http.request('/load_lora_adapter', { json: {}, retry: 'submit' })
  return status === 400 || status === 422
}

async function call(http: HttpClient, path: string, json: Readonly<Record<string, string | boolean>>): Promise<void> {
  const reply = await http.request(path, { json, retry: 'submit' })
  if (reply.status === 200) return
  if ([403, 404, 405].includes(reply.status) && !isAboutAdapter(reply)) {
    throw new GradusError('remote/no-lora', `${reply.url} is refused (${reply.status}): the server takes no adapters`, {
      hint: 'Start vLLM with --enable-lora and VLLM_ALLOW_RUNTIME_LORA_UPDATING=True.',
      cause: reply,
    })
  }
  throw http.refusal(reply, `Check that ${json.lora_path ?? 'the adapter'} exists on the server's disk, and its rank.`)
}

/** A missing adapter and a missing route are both 404; only the first names it. */
function isAboutAdapter(reply: HttpReply): boolean {
  return /adapter|lora/i.test(serverMessage(reply))
}
