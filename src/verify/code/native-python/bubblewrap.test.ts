// The jail's command line, and what happens without one. What the jail holds back: native-python-attacks.test.ts;
// the process in it: native-main.test.ts.
import { describe, expect, it } from 'vitest'
import { bubblewrapCommand, findJailPrograms } from './bubblewrap.ts'
import { nativePythonSandbox } from './native-python-sandbox.ts'

const programs = {
  bubblewrap: '/usr/bin/bwrap',
  prlimit: '/usr/bin/prlimit',
  setpriv: '/usr/bin/setpriv',
  python: '/usr/bin/python3',
}

describe('the jail', () => {
  it('names what is missing', () => {
    expect(findJailPrograms(() => true)).toEqual(programs)
    expect(findJailPrograms(() => false)).toEqual(['bubblewrap', 'prlimit', 'setpriv', 'python'])
    expect(findJailPrograms((path) => path.includes('python'))).toEqual(['bubblewrap', 'prlimit', 'setpriv'])
  })

  it('shares no namespace, no environment and no writable file', () => {
    const { file, args } = bubblewrapCommand(programs, '/jail', 2 ** 28, false)
    expect(file).toBe('/usr/bin/bwrap')
    for (const flag of ['--unshare-all', '--die-with-parent', '--new-session', '--clearenv', '--remount-ro']) {
      expect(args).toContain(flag)
    }
    for (const flag of ['--bind', '--dev-bind', '--share-net', '/etc', '/home', '/tmp'])
      expect(args).not.toContain(flag)
    expect(args).toContain('--as=536870912')
    expect(args.slice(-2)).toEqual(['/sandbox/native-main.py', '--jailed'])
    expect(args.join(' ')).toContain('--dev /dev --remount-ro /dev --remount-ro /')
  })

  it('is entered by another user than root, whom no limit on processes holds', () => {
    const { file, args } = bubblewrapCommand(programs, '/jail', 2 ** 28, true)
    expect(file).toBe('/usr/bin/setpriv')
    expect(args.slice(0, 4)).toEqual(['--reuid=65534', '--regid=65534', '--clear-groups', '/usr/bin/bwrap'])
  })

  it('is needed: without it every run is refused with a hint', async () => {
    const sandbox = nativePythonSandbox({ findPrograms: () => ['bubblewrap'] })
    const result = await sandbox.run({ code: 'print(1)' })
    expect(result).toMatchObject({ status: 'refused', stdout: '', isOurs: true })
    expect(result.reason).toMatch(/not installed: .*bubblewrap.*Install bubblewrap/)
    await expect(sandbox.openSession()).rejects.toMatchObject({ code: 'sandbox/no-jail' })
    await sandbox.close()
  })
})
