// Programs that find the bridge to JavaScript again: what they may not hear, change or be handed there.
import { afterAll, describe, expect, it } from 'vitest'
import { pyodideSandbox } from './pyodide-sandbox.ts'

const slow = { tags: ['slow'] }
const sandbox = pyodideSandbox({ spares: 0 })
afterAll(() => sandbox.close())

/** Finds Object and Function, and says of each attempt whether it was let. */
const prelude = `
import sys
for name in [n for n, m in sys.modules.items() if m is None]: del sys.modules[name]
import _pyodide_core as core
Object = getattr(core.to_js([1]).constructor.prototype, "__proto__").constructor
Function = Object.constructor
Uint8Array = core.to_js(b"abc").constructor
def of(target): return getattr(target, "prototype")
def define(target, key, kind="value"):
    hook = core.create_proxy(lambda *a: heard.append(a), capture_this=True)
    Object.defineProperty(target, key, core.to_js({kind: hook, "configurable": True}))
heard = []
def attempt(name, work):
    try: print(name, "let:", work())
    except BaseException as error: print(name, "denied")
`

describe('the realm behind the bridge', slow, () => {
  it('lets no program hear a token, be handed the runtime, or see the frames of our code', async () => {
    const code = `${prelude}
error = None
try: core.to_js([1]).at.call(None)
except BaseException as caught: error = caught
Error = Object.getPrototypeOf(error.constructor)
attempt("toJSON", lambda: define(of(Object), "toJSON"))
attempt("then", lambda: define(of(Object), "then"))
attempt("onAbort", lambda: define(of(Object), "onAbort", "get"))
attempt("Uint8Array.from", lambda: define(Uint8Array, "from"))
attempt("Array iterator", lambda: define(Object.getPrototypeOf(core.to_js([1]).values()), "next"))
attempt("call", lambda: define(of(Function), "call"))
attempt("Error hook", lambda: define(Error, "prepareStackTrace"))
attempt("Error.prototype", lambda: define(of(Error), "message", "set"))
attempt("Array", lambda: setattr(of(core.to_js([1]).constructor), "push", 1))
attempt("Object", lambda: setattr(Object, "assign", 1))
print(len(heard))
`
    const { stdout, stderr } = await sandbox.run({ code })
    expect(stderr).toBe('')
    const names = ['toJSON', 'then', 'onAbort', 'Uint8Array.from', 'Array iterator', 'call', 'Error hook']
    const denied = [...names, 'Error.prototype', 'Array', 'Object'].map((name) => `${name} denied`)
    expect(stdout.trimEnd().split('\n')).toEqual([...denied, '0'])
  })

  it('still works as Pyodide needs it: errors cross the bridge, and the interpreter can end', async () => {
    const code = `${prelude}
attempt("an error", lambda: core.to_js([1]).at.call(None))
attempt("a value", lambda: core.to_js([1, 2]).length)
import os
if input() == "abort": os.abort()
`
    const script = (stdin: string) => ({ kind: 'script', stdin }) as const
    const [fine, aborted, after] = await sandbox.runAll(code, ['no', 'abort', 'no'].map(script))
    expect(fine).toMatchObject({ status: 'ok', stdout: 'an error denied\na value let: 2\n' })
    expect(aborted.status).toBe('crash')
    expect(after).toMatchObject({ status: 'ok', stdout: fine.stdout })
  })

  it('has no object of JavaScript lying about in memory', async () => {
    const code = `
import gc
gc.unfreeze()
seen = [o for holder in gc.get_objects() for o in (holder, *gc.get_referents(holder))]
print(sorted({type(o).__name__ for o in seen if type(o).__name__ == "JsProxy"}))
`
    expect((await sandbox.run({ code })).stdout).toBe('[]\n')
  })
})
