// The process of the jail, here outside of it and with programs of our own.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SandboxProcess } from '../process/sandbox-process.ts'

const python = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })
const command = {
  file: python.stdout?.trim() ?? '',
  args: ['-I', '-B', '-S', fileURLToPath(new URL('native-main.py', import.meta.url))],
}
const limits = { wallMs: 5000, cpuMs: 1000, memoryBytes: 2 ** 28, outputBytes: 1000 }
const request = { wallMs: 20_000, cpuMs: 10_000, memoryBytes: 2 ** 30, replyLength: 1 << 20 }

describe.skipIf(python.status !== 0 || process.platform !== 'linux')('native-main.py', () => {
  let main: SandboxProcess
  beforeAll(async () => {
    main = await SandboxProcess.start(command, 20_000)
  })
  afterAll(() => main.kill())

  const ask = async (body: object) => {
    const reply = await main.request({ limits, ...body }, request)
    return reply.kind === 'reply' ? reply.body : reply
  }
  const script = (stdin: string) => ask({ op: 'case', work: { kind: 'script', stdin } })
  const run = async (code: string) => {
    await ask({ op: 'program', code })
    return script('')
  }

  it('does each piece of work in a fork', async () => {
    await ask({ op: 'program', code: 'n = int(input())\nprint(n * 2)' })
    expect(await script('21\n')).toMatchObject({ status: 'ok', stdout: '42\n' })
    expect(await script('x')).toMatchObject({ status: 'crash', reason: expect.stringContaining('ValueError') })
    await ask({ op: 'program', code: 'def f(a): return (a, {1})' })
    const call = { kind: 'call', name: 'f', args: [[2.5]] }
    expect(await ask({ op: 'case', work: call })).toMatchObject({
      value: '{"$":"tuple","v":[[2.5],{"$":"set","v":[1]}]}',
    })
  })

  it('reads long requests', async () => {
    await ask({ op: 'program', code: 'print(len(input()))' })
    expect(await script(`${'é'.repeat(300_000)}\n`)).toMatchObject({ status: 'ok', stdout: '300000\n' })
  })

  it('survives programs that die, flood or write where they have no descriptor', async () => {
    const died = await run('import os, sys\nprint("passed")\nsys.stdout.flush()\nos.kill(os.getpid(), 11)')
    expect(died).toMatchObject({ status: 'crash', reason: 'ended by signal 11' })
    const flooded = await run('while True: print("x" * 500)')
    expect(flooded).toMatchObject({ status: 'crash', reason: 'wrote more output than allowed' })
    const wrote = await run('import os\nos.write(4, b"x")')
    expect(wrote).toMatchObject({ status: 'crash', reason: expect.stringContaining('Bad file descriptor') })
  })

  it.each([
    ['a timeout', '{"status":"timeout","limit":"wall","reason":"x"}'],
    ['a refusal', '{"status":"refused","isOurs":true}'],
    ['a token', '{"token":"x","status":"wall"}'],
    ['a list', '[1]'],
    ['half a reply', '{"status":"ok"'],
  ])('takes %s that the program wrote in place of its reply for a crash', async (_, forged) => {
    const code = `import os\nfor d in range(3, 64):\n  try: os.write(d, ${JSON.stringify(forged)}.encode())\n  except OSError: pass\nos._exit(0)`
    const reply = await run(code)
    expect(reply).toMatchObject({ status: 'crash', reason: 'the program ended its interpreter' })
    expect(reply).not.toHaveProperty('limit')
    expect(reply).not.toHaveProperty('isOurs')
  })

  it('has no token in the memory of a fork', async () => {
    // Looks through all of its own writable memory for the form in which a request carries a token, and in its frames.
    const code = `import ctypes, re, sys
form, found = re.compile(b'en":"' + b'[0-9a-f]{32}'), 0
for line in open("/proc/self/maps"):
    parts = line.split()
    if parts[1].startswith("rw") and "[v" not in line:
        start, end = [int(part, 16) for part in parts[0].split("-")]
        found += len(form.findall(ctypes.string_at(start, end - start)))
frame = sys._getframe()
while frame:
    for scope in (frame.f_locals, frame.f_globals):
        for value in list(scope.values()):
            value = getattr(value, "token", value)
            if isinstance(value, (str, bytes, bytearray)) and re.fullmatch("[0-9a-f]{32}", bytes(value).decode() if not isinstance(value, str) else value): found += 1
    frame = frame.f_back
print(found)`
    expect(await run(code)).toMatchObject({ status: 'ok', stdout: '0\n' })
  })

  it('lets a program start threads but no process', async () => {
    const code = `import os, threading
threading.Thread(target=lambda: print("thread", flush=True)).start()
for start in (os.fork, lambda: os.execv("/bin/true", ["true"]), lambda: os.posix_spawn("/bin/true", ["true"], {})):
    try: print(start())
    except PermissionError: print("no")`
    const reply = await run(code)
    const lines = 'stdout' in reply ? String(reply.stdout).trim().split('\n') : []
    expect(lines.sort()).toEqual(['no', 'no', 'no', 'thread'])
  })

  it('keeps the state of a session', async () => {
    expect(await ask({ op: 'run', code: 'x = 41\nprint("hi")' })).toMatchObject({ status: 'ok', stdout: 'hi\n' })
    expect(await ask({ op: 'run', code: 'x + 1' })).toMatchObject({ status: 'ok', stdout: '', shown: '42' })
  })
})
