// `gradus show` as a user starts it.
import { start } from '../e2e/gradus.ts'

/** The dashboard of a folder. */
export interface Shown {
  /** Origin. */
  readonly url: string
  /** Ends it, and gives its exit code. */
  stop(): Promise<number | null>
}

/** Starts it, and waits until it answers. */
export async function show(folder: string): Promise<Shown> {
  const { child, ended } = start(['show', folder, '--port', '0', '--json'])
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
    async stop() {
      child.kill('SIGTERM')
      return (await ended).code
    },
  }
}
