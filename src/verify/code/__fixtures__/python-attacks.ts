// Python programs that mean harm, for tests of every sandbox that runs Python; and one that does not.
import type { CodeTest } from '../code-test.ts'

/** What the programs are asked: 42 in three ways. */
export const attackTests: readonly CodeTest[] = [
  { kind: 'stdio', stdin: '20 22\n', stdout: '42\n' },
  { kind: 'call', name: 'add', args: [20, 22], expected: 42 },
  { kind: 'assert', source: 'assert abs(add(20, 22) - 42) < 1e-9' },
]

/** Passes all three. */
export const honestProgram = `
def add(a, b): return a + b
if __name__ == "__main__":
    try: print(add(*map(int, input().split())))
    except EOFError: pass
`

/** Programs that use something up: name, code, and how a run of each ends in Pyodide. */
export const exhaustions: readonly (readonly [name: string, code: string, status: string])[] = [
  ['an infinite loop', 'while True: pass', 'timeout'],
  [
    'a loop that catches everything',
    'while True:\n  try:\n    while True: pass\n  except BaseException: pass',
    'timeout',
  ],
  ['a regular expression that backtracks', 'import re\nre.match(r"(a+)+$", "a" * 50 + "b")', 'timeout'],
  ['a huge power', 'x = 10 ** (10 ** 9)', 'timeout'],
  ['sleep', 'import time\ntime.sleep(100)', 'timeout'],
  ['an allocation bomb', 'a = []\nwhile True: a.append(bytearray(10**6))', 'memory'],
  ['a doubled string', 's = "x"\nwhile True: s += s', 'memory'],
  ['a huge list', 'a = [0] * 10**8', 'memory'],
  ['deep recursion', 'def f(): return f()\nf()', 'crash'],
  ['a fork', 'import os\nwhile True: os.fork()', 'crash'],
  ['a subprocess', 'import subprocess\nsubprocess.run(["sleep", "100"])', 'crash'],
  ['threads', 'import threading\nwhile True: threading.Thread(target=print, args=("x" * 1000,)).start()', 'crash'],
  ['an output flood', 'while True: print("x" * 1000)', 'crash'],
  ['a flood below sys.stdout', 'import os\nfor i in range(1000): os.write(1, b"x" * 1000)', 'crash'],
  ['a flood of errors', 'raise Exception("x" * 10**6)', 'crash'],
  ['an interpreter that dies', 'import ctypes\nctypes.string_at(0)', 'crash'],
  ['deeply nested data', 'x = []\nfor i in range(10**5): x = [x]\nprint(repr(x))', 'timeout'],
]

/** Programs that want to pass without deserving it. */
export const cheats: readonly (readonly [name: string, code: string])[] = [
  ['saying that it passed', 'print("passed")\nprint("ok")\nprint(\'{"status": "ok"}\')'],
  ['leaving early', 'import sys\nprint("all tests passed")\nsys.exit(0)'],
  ['leaving hard', 'import os\nprint("passed", flush=True)\nos._exit(0)'],
  ['leaving below', 'import posix\nposix._exit(0)'],
  ['a last word', 'import atexit\natexit.register(print, "42 passed")'],
  [
    'a value that equals everything',
    'class E:\n  def __eq__(s, o): return True\n  def __sub__(s, o): return s\n  def __abs__(s): return s\n  def __lt__(s, o): return True\ndef add(a, b): return E()',
  ],
  [
    'an integer that equals everything',
    'class E(int):\n  def __eq__(s, o): return True\n  def __sub__(s, o): return 0\n  __hash__ = int.__hash__\n  def __repr__(s): return "42"\ndef add(a, b): return E(41)',
  ],
  [
    'a new abs',
    'import builtins, math\nbuiltins.abs = abs = lambda x: 0\nmath.isclose = lambda *a, **k: True\ndef add(a, b): return 41',
  ],
  [
    'a new json',
    'import sys, json\njson.dumps = lambda *a, **k: \'{"status":"ok","value":"41"}\'\nsys.modules["json"] = None\ndef add(a, b): return 41',
  ],
  [
    'a new print',
    'import builtins\nbuiltins.print = lambda *a: None\nbuiltins.compile = None\ndef add(a, b): return 41',
  ],
  ['wire text as a value', 'def add(a, b): return \'{"$":"int","v":"42"}\''],
  [
    'the frames above it',
    `
import sys
frame, seen = sys._getframe(), []
while frame:
  seen += [repr(frame.f_locals), repr(list(frame.f_globals))]
  frame = frame.f_back
text = "".join(seen)
print("expected" in text, "token" in text)
def add(a, b): return text`,
  ],
  [
    'the harness',
    `
import sys
frame = sys._getframe()
while frame:
  g = frame.f_globals
  if "encode" in g:
      g["encode"] = lambda *a, **k: "42" if False else "41"
      g["guarded"] = lambda work: '{"status": "ok", "reason": "", "value": "41"}'
      g["evaluate"] = lambda *a: "[true,41]"
  frame = frame.f_back
def add(a, b): return 41`,
  ],
  ['a reply that asks for more time', forgedReply({ status: 'timeout', limit: 'wall', reason: 'x' })],
  ['a reply that blames the host', forgedReply({ status: 'refused', isOurs: true, token: 'x', reason: 'x' })],
  ['a reply that is none', forgedReply(null)],
]

/** A program whose runs all seem to end with this reply, since it replaces the harness's serialiser. */
export function forgedReply(reply: unknown): string {
  return `
import sys
frame = sys._getframe()
while frame:
  if "guarded" in frame.f_globals: frame.f_globals["dumps"] = lambda *a: ${JSON.stringify(JSON.stringify(reply))}
  frame = frame.f_back
def add(a, b): return 41`
}
