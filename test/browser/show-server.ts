// `gradus show` as a user starts it.
import { start } from '../e2e/gradus.ts'

/** The dashboard of a folder. */
export interface Shown {
  /** Origin. */
  readonly url: string
  /** Ends it, and gives its exit code; SIGKILL gives it no time to say farewell. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

/** Starts it, and waits until it answers; `port` 0 is a free one. */
export async function show(folder: string, port = 0): Promise<Shown> {
  const { child, ended } = start(['show', folder, '--port', String(port), '--json'])
  const url = await new Promise<string>((settle, reject) => {
    let line = ''
    child.stdout?.on('data', (text: string) => {
      line += text
      if (line.includes('\n')) settle(JSON.parse(line).url)
    })
    void ended.then(({ code, err }) => reject(new Error(`gradus show ended with ${code}: ${err}`)))
  })
  return {
    url,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return (await ended).code
    },
  }
}
