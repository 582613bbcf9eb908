// A host that was itself started with a descriptor of a file: no child of any sandbox may have it. A second host is
// really run, since what this one was started with is not ours to choose.
import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findJailPrograms } from '../native-python/bubblewrap.ts'

const at = 40
const secret = 'a secret of the host'
const sandboxes = ['quickJsSandbox', 'nativePythonSandbox', 'pyodideSandbox'] as const

/** Opens a session of a sandbox and says where `/proc` finds descriptor 40 of each process below the host. */
const hostScript = (sandbox: string): string => `
  import { readlinkSync } from 'node:fs'
  import { ${sandbox} } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)}
  import { treeUsage } from ${JSON.stringify(new URL('process-usage.ts', import.meta.url).href)}
  const others = new Set(treeUsage(process.pid).pids) // the loader's own
  const sandbox = ${sandbox}()
  const session = await sandbox.openSession()
  const link = (pid) => { try { return readlinkSync('/proc/' + pid + '/fd/${at}') } catch (error) { return error.code } }
  const below = treeUsage(process.pid).pids.filter((pid) => !others.has(pid)).map(link)
  const shown = await session.run('import os\\nos.read(${at}, 100)')
  await sandbox.close()
  console.log(JSON.stringify({ own: link(process.pid), below, shown: shown.value }))`

async function runHost(sandbox: string): Promise<{ own: string; below: string[]; shown: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'gradus-descriptors-'))
  const file = join(folder, 'secret')
  writeFileSync(file, secret)
  const descriptor = openSync(file, 'r')
  try {
    const args = ['--import', 'tsx', '--input-type=module', '-e', hostScript(sandbox)]
    const stdio = Array.from({ length: at + 1 }, (_, i) =>
      i === at ? descriptor : i === 1 || i === 2 ? 'pipe' : 'ignore',
    )
    const host = spawn(process.execPath, args, { stdio: stdio as never })
    let out = ''
    host.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    host.stderr?.setEncoding('utf8').on('data', (text: string) => {
      out += text
    })
    await new Promise((resolve) => host.on('close', resolve))
    return JSON.parse(out)
  } catch (error) {
    throw new Error('the host failed', { cause: error })
  } finally {
    closeSync(descriptor)
    rmSync(folder, { recursive: true })
  }
}

describe.skipIf(process.platform !== 'linux')('a descriptor that the host was started with', { tags: ['slow'] }, () => {
  const usable = sandboxes.filter((name) => name !== 'nativePythonSandbox' || 'python' in findJailPrograms())

  it.each(usable)('does not reach the children of %s', { timeout: 60_000 }, async (sandbox) => {
    const { own, below, shown } = await runHost(sandbox)
    expect(own).toMatch(/secret$/)
    expect(below.length).toBeGreaterThan(0)
    for (const link of below) expect(['/dev/null', 'ENOENT', 'EACCES']).toContain(link)
    expect(shown).not.toContain(secret)
  })
})
