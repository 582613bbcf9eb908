// `gradus rewards` in a process of its own, for as long as a test needs it.
import { type Ended, start } from '../../e2e/gradus.ts'

/** A reward server that runs. */
export interface Rewards {
  readonly url: string
  stop(): Promise<Ended>
}

/** Starts one for chain arithmetic. */
export async function startRewards(
  variables: Readonly<Record<string, string>> = {},
  args: readonly string[] = [],
): Promise<Rewards> {
  Object.assign(process.env, variables)
  const { child, ended } = start(['rewards', '--task', 'chain-arithmetic', '--port', '0', '--json', ...args])
  for (const name of Object.keys(variables)) delete process.env[name]
  const line = await new Promise<string>((settle, reject) => {
    child.stdout?.once('data', settle)
    void ended.then(({ err }) => reject(new Error(err)))
  })
  const stop = (): Promise<Ended> => {
    child.kill('SIGTERM')
    return ended
  }
  return { url: JSON.parse(line).url, stop }
}
