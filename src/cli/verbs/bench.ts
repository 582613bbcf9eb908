// gradus bench.
import { Command } from 'commander'
import type { Shell } from '../io.ts'

/** The command. */
export function command(_shell: Shell, _exit: (code: number) => void): Command {
  return new Command('bench')
}
