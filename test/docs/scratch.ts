// The folder in which the guide is read: a copy of the repository as a clone would be, with the packages of this one,
// `npx` and `npm` that find them at once, and free ports in place of those that the pages name.
import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** What of the repository the guide needs. */
const copied = ['src', 'bin', 'scripts', 'test', 'package.json', 'tsconfig.json', 'vitest.config.ts', 'biome.json']

const bins: Readonly<Record<string, string>> = {
  gradus: 'bin/gradus.mjs',
  tsx: 'node_modules/tsx/dist/cli.mjs',
  vitest: 'node_modules/vitest/vitest.mjs',
}

/** The folder. */
export interface Scratch {
  readonly folder: string
  /** All that its shells know. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** A command with the ports that are free here. */
  typed(command: string): string
  /** What was printed, as the page may show it. */
  shown(printed: string): string
  /** Starts the compiler over the command line, which reaches all that pages can change, and over their new files. */
  startTypes(files: readonly string[]): void
  remove(): void
}

/** Makes it. `ports` has those that something listens on here already, by the port that pages name. */
export async function makeScratch(pagePorts: readonly number[], ports: ReadonlyMap<number, number>): Promise<Scratch> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gradus-guide-')))
  for (const name of copied) cpSync(join(root, name), join(folder, name), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  const commands = join(folder, '.commands')
  mkdirSync(commands)
  const cases = Object.entries(bins).map(([name, file]) => `${name}) exec '${process.execPath}' ${file} "$@";;`)
  const npm = `exec '${process.execPath}' ${bins.tsx} test/docs/npm.ts "$@"`
  const npx = `name=$1; shift\ncase $name in\n${cases.join('\n')}\n*) echo "no reader of the guide runs $name" >&2; exit 1;;\nesac`
  for (const [name, script] of [
    ['npx', npx],
    ['npm', npm],
  ] as const) {
    writeFileSync(join(commands, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(commands, name), 0o755)
  }
  const free = new Map(ports)
  for (const port of pagePorts) if (!free.has(port)) free.set(port, await freePort())

  // A vitest inside must not take itself for a worker of this one, and no server or key of the developer's is asked.
  const own = Object.entries(process.env).filter(
    ([key]) => !/^(?:VITEST|NODE_ENV|RAY_|TINKER_|OPENAI_|GRADUS_)/.test(key),
  )
  const path = `${commands}${delimiter}${process.env.PATH}`
  return {
    folder,
    env: {
      ...Object.fromEntries(own),
      PATH: path,
      NO_COLOR: '1',
      RAY_API_SERVER_ADDRESS: `http://127.0.0.1:${free.get(8265)}`,
    },
    typed: (command) => command.replace(/\b\d{4}\b/g, (found) => String(free.get(Number(found)) ?? found)),
    shown(printed) {
      const plain = printed.replaceAll(`${folder}/`, '')
      return [...free].reduce((text, [named, used]) => text.replaceAll(String(used), String(named)), plain)
    },
    startTypes(files) {
      const narrow = { extends: './tsconfig.json', include: [], files: ['src/cli/main.ts', ...files] }
      writeFileSync(join(folder, 'tsconfig.guide.json'), JSON.stringify(narrow))
      const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
      const child = spawn(process.execPath, [tsc, '-p', 'tsconfig.guide.json'], {
        cwd: folder,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let printed = ''
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          printed += text
        })
      child.on('close', (code) => writeFileSync(join(folder, 'guide-types.json'), JSON.stringify({ code, printed })))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const { port } = server.address() as AddressInfo
  await new Promise((settle) => server.close(settle))
  return port
}
