// The command line of a bubblewrap jail around the system's Python: every namespace its own (no network, no other
// processes), a read-only system without home, etc or tmp, no environment, no capabilities, rlimits, and an end with
// its parent. It starts nothing and looks at nothing but which programs are installed.
import { existsSync } from 'node:fs'
import type { Command } from '../process/node-command.ts'

/** The programs that the jail needs. */
export interface JailPrograms {
  readonly bubblewrap: string
  readonly prlimit: string
  /** Leaves root behind, which the limit on processes does not hold for. */
  readonly setpriv: string
  /** Must lie under /usr, which is all that the jail sees. */
  readonly python: string
}

const places: Readonly<Record<keyof JailPrograms, readonly string[]>> = {
  bubblewrap: ['/usr/bin/bwrap', '/usr/local/bin/bwrap'],
  prlimit: ['/usr/bin/prlimit'],
  setpriv: ['/usr/bin/setpriv'],
  python: ['/usr/bin/python3', '/usr/local/bin/python3'],
}

/** The installed programs, or the names of those that are missing. */
export function findJailPrograms(exists: (path: string) => boolean = existsSync): JailPrograms | readonly string[] {
  const found = Object.entries(places).map(([name, paths]) => [name, paths.find(exists)] as const)
  const missing = found.filter(([, path]) => path === undefined).map(([name]) => name)
  return missing.length > 0 ? missing : (Object.fromEntries(found) as unknown as JailPrograms)
}

/** What the jail mounts of ours. */
export const jailFiles: readonly string[] = ['native-main.py', 'no-processes.py', 'harness.py']

/** The command that runs `native-main.py` of `folder` inside the jail. */
export function bubblewrapCommand(
  programs: JailPrograms,
  folder: string,
  memoryBytes: number,
  isRoot = process.getuid?.() === 0,
): Command {
  const system = ['/usr', '/bin', '/lib', '/lib32', '/lib64'].flatMap((path) => ['--ro-bind-try', path, path])
  const files = jailFiles.flatMap((name) => ['--ro-bind', `${folder}/${name}`, `/sandbox/${name}`])
  const environment = ['--clearenv', '--setenv', 'PYTHONHASHSEED', '0', '--setenv', 'HOME', '/']
  const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', programs.bubblewrap]
  return {
    file: isRoot ? programs.setpriv : programs.bubblewrap,
    args: [
      ...(isRoot ? nobody : []),
      ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--hostname', 'sandbox'],
      ...environment,
      ...system,
      ...files,
      ...['--proc', '/proc', '--dev', '/dev', '--remount-ro', '/dev', '--remount-ro', '/', '--chdir', '/'],
      ...[programs.prlimit, '--core=0', '--nproc=32', '--nofile=64', `--as=${memoryBytes + interpreterBytes}`],
      ...[programs.python, '-I', '-B', '-S', '/sandbox/native-main.py', '--jailed'],
    ],
  }
}

/** Address space of Python itself with what the harness imports. */
const interpreterBytes = 256 * 2 ** 20
