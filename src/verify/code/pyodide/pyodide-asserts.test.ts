// Asserts over what Python has beyond plain data, and asserts that would leave the verdict to the program. A right
// program is never judged wrong, and a wrong one gains nothing by redefining what judges it.
import { afterAll, describe, expect, it } from 'vitest'
import type { CodeTest } from '../code-test.ts'
import { codeVerdict } from '../code-verdict.ts'
import { type VerifyCodeOptions, verifyCode } from '../verify-code.ts'
import { pyodideSandbox } from './pyodide-sandbox.ts'

const slow = { tags: ['slow'] }
const sandbox = pyodideSandbox()
afterAll(() => sandbox.close())

/** Each assert with how it ended: `ok`, `wrong`, `refused` and so on. */
async function judged(code: string, sources: readonly string[], options: Partial<VerifyCodeOptions> = {}) {
  const tests: readonly CodeTest[] = sources.map((source) => ({ kind: 'assert', source: `assert ${source}` }))
  const report = await verifyCode(code, tests, { sandbox, form: 'program', ...options })
  return { report, ended: Object.fromEntries(report.cases.map((one, i) => [sources[i], one.status])) }
}
const all = (sources: readonly string[], status: string) => Object.fromEntries(sources.map((one) => [one, status]))

const program = `
import datetime, decimal, fractions
def gen(n):
    for i in range(n): yield i
def endless():
    n = 0
    while True: n += 1; yield n
def keys(): return {1: 2}.keys()
def some_bytes(): return b"ab"
def sets(): return {frozenset({1, 2})}
def keyed(): return {frozenset({1, 2}): 1}
def dec(): return decimal.Decimal("1.5")
def half(): return fractions.Fraction(1, 2)
def day(): return datetime.date(2024, 1, 6)
def moment(): return datetime.datetime(2024, 1, 6, 7, 8)
def pause(): return datetime.timedelta(days=1, seconds=2)
def comp(): return 1 + 2j
def rng(): return range(3)
def short(x): return None if x else [1]
async def later(n): return n + 1
class P:
    def __init__(self, x): self.x = x
    def __eq__(self, other): return self.x == other.x
    def __str__(self): return "P(%d)" % self.x
    def __len__(self): return self.x
    def __iter__(self): return iter(range(self.x))
    def __add__(self, other): return P(self.x + other.x)
def make(x): return P(x)
`

describe('values that are not plain data', slow, () => {
  it('are compared in the judge, right or wrong', async () => {
    const right = [
      'list(gen(3)) == [0, 1, 2]',
      'sum(gen(3)) == 3',
      'next(gen(3)) == 0',
      'next(endless()) == 1',
      'list(itertools.islice(endless(), 3)) == [1, 2, 3]',
      '[x for x in gen(3)] == [0, 1, 2]',
      'dict(zip("ab", gen(2))) == {"a": 0, "b": 1}',
      'sorted(keys()) == [1] and 1 in keys()',
      'list(rng()) == [0, 1, 2] and rng() == range(3)',
      'some_bytes() == b"ab" and type(some_bytes()) == bytes',
      'sets() == {frozenset({1, 2})}',
      'keyed() == {frozenset({1, 2}): 1}',
      'dec() == decimal.Decimal("1.5") and str(dec()) == "1.5"',
      'half() == fractions.Fraction(1, 2)',
      'day() == datetime.date(2024, 1, 6) and moment() > datetime.datetime(2024, 1, 6)',
      'pause() == datetime.timedelta(days=1, seconds=2)',
      'comp() == 1 + 2j',
      'short(1) is None or short(1)[0] == 1',
      'asyncio.run(later(1)) == 2',
      'str(make(3)) == "P(3)" and len(make(3)) == 3 and list(P(2)) == [0, 1]',
      'make(3).x == 3 and make(3) is not None',
    ]
    const wrong = [
      'list(gen(3)) == [0, 1]',
      'some_bytes() == "ab"',
      'dec() == decimal.Decimal("1.6")',
      'day() == datetime.date(2024, 1, 7)',
      'short(0) is None or short(1)[0] == 1',
      'str(make(3)) == "P(4)"',
      'list(endless()) == [1]',
      // The program hands back an object where plain data is compared: that is no way out of a verdict.
      'make(3) == 3',
      'abs(make(3) - 3) < 1',
      'sorted([make(1)] and list(map(make, [2, 1]))) == [1, 2]',
    ]
    const { ended } = await judged(program, [...right, ...wrong], { setup: 'import asyncio' })
    expect(ended).toEqual({ ...all(right, 'ok'), ...all(wrong, 'wrong') })
  })

  it('are refused where only the code of the program could compare them', async () => {
    const sources = [
      'P(1) == P(1)',
      'make(1) == P(1)',
      'make(1) == make(1)',
      'P(1) + P(2) == P(3)',
      '(P(1) + P(2)).x == 3',
    ]
    const { ended, report } = await judged(program, sources)
    expect(ended).toEqual(all(sources, 'refused'))
    expect(codeVerdict(report).kind).toBe('failed')
  })
})

describe('an assert that would leave the verdict to the program', slow, () => {
  it('is refused when its names are nobody else’s', async () => {
    const cheat = `
class np:
    allclose = lambda *a, **k: True
isclose = lambda *a: True
def Decimal(x): return 41
def add(a, b): return 41`
    const sources = ['np.allclose(add(20, 22), 42)', 'isclose(add(20, 22), 42)', 'add(20, 22) == Decimal("42")']
    expect((await judged(cheat, sources)).ended).toEqual(all(sources, 'refused'))
    const { report } = await judged(cheat, [sources[0]], { setup: 'import numpy as np' })
    expect(report).toMatchObject({ isOurs: true, reason: expect.stringContaining('setup does not run') })
    const setup = 'from math import isclose\nfrom decimal import Decimal'
    expect((await judged(cheat, sources.slice(1), { setup })).ended).toEqual(all(sources.slice(1), 'wrong'))
  })

  it('never takes abs, len or round from the program, even where it is asked for another builtin', async () => {
    const sources = ['abs(sum([1.5, 2]) - 3.5) < 1e-9', 'round(sum([1, 2]), 2) == 3']
    const cheat = 'def sum(x): return 0\ndef abs(x): return 0\ndef round(x, n): return 3'
    expect((await judged(cheat, sources)).ended).toEqual(all(sources, 'wrong'))
    expect((await judged('def sum(x): return 3.5 if 1.5 in x else 3', sources)).ended).toEqual(all(sources, 'ok'))
    const close = 'isclose(sum([1, 2]), 3)'
    expect((await judged('def isclose(*a): return True', [close])).ended).toEqual({ [close]: 'refused' })
    expect((await judged('def isclose(*a): return True', ['isclose(1, 1.0)'])).report.passed).toBe(1)
    expect((await judged('def max(x): return 3', ['max([1, 3]) == min([3, 4])'])).ended).toEqual({
      'max([1, 3]) == min([3, 4])': 'refused',
    })
  })
})

describe('what hostile values do to the judge', slow, () => {
  const forged = (wire: string): string => `
import sys
W = ${wire}
frame = sys._getframe()
while frame:
  if "guarded" in frame.f_globals: frame.f_globals["encode"] = lambda *a, **k: W
  frame = frame.f_back
def add(a, b): return 41`
  const sources = Array.from({ length: 6 }, (_, i) => `add(20, ${i}) == 42`)

  it('ends with the program when they are too large to send or collide', async () => {
    const large = await judged(forged('\'"\' + "x" * 12_000_000 + \'"\''), sources)
    expect(large.ended).toEqual(all(sources, 'wrong'))
    expect(large.report).not.toHaveProperty('isOurs')
    const colliding = forged(
      '\'{"$":"set","v":[\' + ",".join(\'{"$":"int","v":"%d"}\' % (i * (2**61 - 1) * (2**31 - 1)) for i in range(30_000)) + \']}\'',
    )
    const collided = await judged(colliding, sources)
    expect(collided.ended).toEqual(all(sources, 'wrong'))
    expect(collided.report.reason).toContain('collide')
  })

  it('costs others little when each of them uses the judge up', async () => {
    const huge = ['10 ** add(1, 1) == 1', '11 ** add(1, 1) == 1', '12 ** add(1, 1) == 1', '13 ** add(1, 1) == 1']
    const { ended, report } = await judged('def add(a, b): return 10**12', huge)
    expect(ended).toEqual(all(huge, 'timeout'))
    expect(report.cases[3].reason).toContain('used up the time')
    expect(codeVerdict(report).kind).toBe('wrong')
  })
})
