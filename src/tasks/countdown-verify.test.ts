import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Problem, Verdict } from '../contracts/index.ts'
import { verifyCountdown } from './countdown-verify.ts'

function problem(numbers: readonly number[], target: number): Problem {
  return { id: 'by-hand', task: 'countdown', split: 'train', prompt: '', meta: { numbers, target } }
}

const p = problem([44, 19, 35], 98)

describe('countdown verifier on steps', () => {
  it.each([
    '44+19=63;63+35=98',
    '35+63=98',
    '19+35=54;54+44=98;',
    '19-35=-16;44--16=60;',
    '44 + 19 = 63 ; 63 + 35 = 98',
  ])('reads %s as what it is', (text) => {
    const isRight = text.trim().match(/=\s*98;?$/) !== null && !text.startsWith('35+63')
    expect(verifyCountdown(p, text).kind).toBe(isRight ? 'right' : 'wrong')
  })

  it('names the step that is wrong', () => {
    expect(verifyCountdown(p, '44+19=64;64+35=99').reason).toBe('step 1: 44+19 is 63, not 64')
    expect(verifyCountdown(p, '44+19=63;63+36=99').reason).toBe('step 2: 36 is not available')
    expect(verifyCountdown(p, '44+19=63;hm').reason).toContain('step 2: "hm" is not one operation')
    expect(verifyCountdown(p, '44+19=63;63-35=28').reason).toBe('it ends at 28, not 98')
    expect(verifyCountdown(p, '19-19=0;44/0=44').reason).toBe('step 1: 19 is not available')
    expect(verifyCountdown(problem([5, 5, 7], 7), '5-5=0;7/0=7').reason).toBe('step 2: a division by zero')
  })

  it.each([
    ['a false last step', '44+19=63;63+35=97;'],
    ['a false equation with the target', '44+19=98'],
    ['a number used twice', '44+44=88;88+10=98'],
    ['a result used twice', '44+19=63;63-63=0;0+35=35'],
    ['a number from nowhere', '98+0=98'],
    ['a spent number', '44+19=63;44+54=98'],
    ['two digits run together', '4 4+19=63;63+35=98'],
    ['a chained equation', '44+19=63+35=98'],
    ['a target without work', '98'],
    ['a target restated', '98=98'],
    ['two operations in one step', '44+19+35=98;98+0=98'],
    ['an empty step', '44+19=63;;63+35=98'],
    ['a leading zero', '044+19=63;63+35=98'],
    ['a decimal', '44+19=63.0;63+35=98'],
    ['prose after it', '44+19=63;63+35=98 done'],
    ['an attempt given up', '44+19=63;63+35=98!'],
    ['a fraction that hides a division', '(88/2)+19=63;63+35=98'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(verifyCountdown(p, text)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('is exact with fractions and negative values', () => {
    // 3 / (8/2 ... ) style: 6/(1-3/4) = 24.
    const q = problem([1, 3, 4, 6], 24)
    expect(verifyCountdown(q, '3/4=(3/4);1-(3/4)=(1/4);6/(1/4)=24').kind).toBe('right')
    expect(verifyCountdown(q, '3/4=(6/8);1-(3/4)=(1/4);6/(1/4)=24').kind).toBe('wrong')
    expect(verifyCountdown(q, '3/4=0.75;1-0.75=0.25;6/0.25=24').kind).toBe('wrong')
    expect(verifyCountdown(problem([3, 5, 9], 7), '3-5=-2;-2+9=7').kind).toBe('right')
    expect(verifyCountdown(problem([3, 5, 9], 7), '3-5=-2;(-2)+9=7').kind).toBe('right')
    // A third three times is one, exactly; its nearest decimal is not.
    expect(verifyCountdown(problem([1, 3, 3], 1), '1/3=(1/3);(1/3)*3=1').kind).toBe('right')
    expect(verifyCountdown(problem([7, 3, 2], 2), '7/3=2').kind).toBe('wrong')
  })

  it('lets equal numbers serve once each', () => {
    expect(verifyCountdown(problem([7, 7, 2], 14), '7+7=14').kind).toBe('right')
    expect(verifyCountdown(problem([7, 2, 2], 14), '7+7=14').kind).toBe('wrong')
  })

  it('counts only the last attempt of a search, and starts each afresh', () => {
    const text = '44+19=63;63-35=28!44-35=9;9*19=171!44+19=63;63+35=98'
    expect(verifyCountdown(p, text)).toMatchObject({ kind: 'right', steps: [1, 1, 1, 1, 1, 1] })
    expect(verifyCountdown(p, '44+19=63;63+35=98!44+19=63;63-35=28').kind).toBe('wrong')
    expect(verifyCountdown(p, '44+19=63!63+35=98').kind).toBe('wrong')
  })

  it('scores steps by what is available and by their arithmetic', () => {
    expect(verifyCountdown(p, '44+19=64;64+35=99').steps).toEqual([0, 1])
    expect(verifyCountdown(p, '44+20=64;44+35=79').steps).toEqual([0, 1])
    expect(verifyCountdown(p, '44+19=63;63-35=28')).toMatchObject({ steps: [1, 1], parts: { form: 1 } })
    expect(verifyCountdown(p, '(44+19)+35').steps).toBeUndefined()
  })
})

describe('countdown verifier on expressions', () => {
  it.each(['(44+19)+35', '44+19+35', '44+19+35=98', ' ( 44 + 19 ) + 35 = 98 ', '((44))+(19+35)', '35+19+44\n'])(
    'accepts %s',
    (text) => {
      expect(verifyCountdown(p, text).kind).toBe('right')
    },
  )

  it('puts * and / before + and -, and goes left to right', () => {
    expect(verifyCountdown(problem([2, 3, 4], 14), '2+3*4').kind).toBe('right')
    expect(verifyCountdown(problem([2, 3, 4], 20), '2+3*4').kind).toBe('wrong')
    expect(verifyCountdown(problem([20, 5, 2], 13), '20-5-2').kind).toBe('right')
    expect(verifyCountdown(problem([20, 5, 2], 2), '20/5/2').kind).toBe('right')
    expect(verifyCountdown(problem([1, 3, 4, 6], 24), '6/(1-3/4)').kind).toBe('right')
  })

  it.each([
    ['a false right side', '44+19+35=97'],
    ['a right side of another value', '44+19=98'],
    ['a number twice', '44+44+10'],
    ['a number from outside', '44+54'],
    ['numbers run together', '4419+35'],
    ['numbers side by side', '(44)(19)+35'],
    ['an unclosed parenthesis', '(44+19+35'],
    ['a stray parenthesis', '44+19+35)'],
    ['a unary minus', '-19+44+35'],
    ['a power', '44**2'],
    ['a division by zero', '44/(19-19)'],
    ['two right sides', '44+19+35=98=98'],
    ['a comment', '44+19+35//'],
    ['a line of prose before it', 'so\n44+19+35=98'],
    ['full-width digits', '４４+19+35'],
  ])('refuses %s', (_what, text) => {
    expect(verifyCountdown(p, text)).toMatchObject({ kind: 'wrong', score: 0 })
  })

  it('takes a bare number as the expression that it is', () => {
    expect(verifyCountdown(problem([98, 3, 5], 98), '98').kind).toBe('right')
  })

  it('fails when the problem holds no numbers', () => {
    expect(verifyCountdown({ ...p, meta: {} }, '44+19+35').kind).toBe('failed')
  })
})

/** An independent reading: does the last attempt reach 6 from 1, 2, 3? Numbers in floating point, values inlined. */
function naiveIsRight(text: string): boolean {
  const last = (text.split('!').at(-1) ?? '').replace(/;\s*$/, '')
  const values = new Map<string, string[]>()
  let final = ''
  for (const line of last.split(/[;\n]/)) {
    const [left] = line.split('=')
    const inlined = left.replace(/\d+/g, (n) => values.get(n)?.pop() ?? n)
    const result = line.split('=')[1]
    if (result !== undefined) values.set(result.trim(), [...(values.get(result.trim()) ?? []), `(${inlined})`])
    final = inlined
  }
  const used = (final.match(/\d+/g) ?? []).sort().join('')
  const value: unknown = new Function(`return (${final})`)()
  return ['1', '2', '3', '12', '13', '23', '123'].includes(used) && Math.abs(Number(value) - 6) < 1e-9
}

describe('countdown verifier, fuzzed', () => {
  const q = problem([1, 2, 3], 6)

  it('never calls right what an independent reading does not', () => {
    const pieces = [
      '1',
      '2',
      '3',
      '5',
      '6',
      '+',
      '*',
      '-',
      '/',
      '=',
      ';',
      '(',
      ')',
      '!',
      ' ',
      '3=6',
      '1+2=3;',
      '2*3',
      '=6',
    ]
    let rights = 0
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 8 }), (parts) => {
        const text = parts.join('')
        const verdict: Verdict = verifyCountdown(q, text)
        if (verdict.kind !== 'right') return
        rights++
        expect(naiveIsRight(text), text).toBe(true)
      }),
      { numRuns: 20_000, seed: 1 },
    )
    expect(rights).toBeGreaterThan(20)
  })

  it('accepts every expression tree with the right value and no other', () => {
    const tree = fc.record({
      order: fc.shuffledSubarray([1, 2, 3], { minLength: 3 }),
      operators: fc.tuple(fc.constantFrom(...'+-*/'), fc.constantFrom(...'+-*/')),
      leftFirst: fc.boolean(),
    })
    fc.assert(
      fc.property(tree, ({ order: [a, b, c], operators: [f, g], leftFirst }) => {
        const text = leftFirst ? `(${a}${f}${b})${g}${c}` : `${a}${f}(${b}${g}${c})`
        const value = Number(new Function(`return ${text}`)())
        expect(verifyCountdown(q, text).kind).toBe(Math.abs(value - 6) < 1e-9 ? 'right' : 'wrong')
      }),
      { numRuns: 500 },
    )
  })

  it('never throws', () => {
    const text = fc.string({ unit: fc.constantFrom(...'123+-*/=;!() \n', '\ud800', 'é'), maxLength: 60 })
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (completion) => {
        expect(['right', 'wrong']).toContain(verifyCountdown(q, completion).kind)
      }),
      { numRuns: 1000 },
    )
  })
})
