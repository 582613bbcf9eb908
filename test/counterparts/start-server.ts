// Our server as another program sees it: `gradus serve` in a process of its own, for as long as a test needs it.
import { type Ended, start } from '../e2e/gradus.ts'

/** A server that runs. */
export interface RunningServer {
  /** Origin. */
  readonly url: string
  /** Name of the model that it serves. */
  readonly model: string
  /** Ends it; default SIGTERM. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<Ended>
}

/** Starts `gradus serve` with these arguments on a free port, or on `port`. */
export async function startServer(args: readonly string[], port = 0): Promise<RunningServer> {
  const { child, ended } = start(['serve', ...args, '--port', String(port), '--json'])
  const line = await new Promise<string>((settle, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: string) => {
      text += chunk
      if (text.includes('\n')) settle(text.slice(0, text.indexOf('\n')))
    })
    void ended.then(({ code, err }) => reject(new Error(`gradus serve ended with ${code}: ${err}`)))
  })
  const { url, model } = JSON.parse(line) as { url: string; model: string }
  return {
    url,
    model,
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}
