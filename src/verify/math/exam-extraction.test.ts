// Long because it is a table. What an answer is taken to be: boxes in formulas, denials and guesses, names, remarks, choices, unfinished texts. Each
// rule of docs/verify.md with what it accepts and what it must not.
import { describe, expect, it } from 'vitest'
import { mathPresetNames } from './presets.ts'
import { verifyMath } from './verify-math.ts'

type Pair = readonly [gold: string, prediction: string]

const r = String.raw

const cases: Readonly<Record<string, { readonly right: readonly Pair[]; readonly wrong: readonly Pair[] }>> = {
  'around a box': {
    right: [
      ['-6', r`-\boxed{6}`],
      ['-6', r`$x = -\boxed{6}$`],
      [r`\frac{1}{6}`, r`$\frac{1}{\boxed{6}}$`],
      [r`\sqrt{6}`, r`$\sqrt\boxed 6$`],
      ['720', r`$\boxed{6}!$`],
      ['6', r`So it is \boxed{6}!`],
      [r`6\pi`, r`$\boxed{6}\pi$`],
      ['x^6', r`$x^{\boxed{6}}$`],
      [r`6\%`, r`$\boxed{6}\%$`],
      ['6', r`$x = \boxed{6}$`],
      ['6', r`$3+3=\boxed{6}$`],
      ['6', r`$\therefore x = 2\cdot 3 = \boxed{6} > 0$.`],
      ['6', r`$\boxed{6}\text{ cm}$`],
      [r`6\text{ cm}`, r`$\boxed{6}\text{ cm}$`],
      ['6', r`$\boxed{6}\,\mathrm{mol}\cdot\mathrm{L}^{-1}$`],
      ['6', r`$\$\boxed{6}$`],
      ['6', r`It costs $\boxed{6}.`],
      ['6', r`$\boxed{6}^\circ$`],
      ['6', r`$\boxed{6}\text{ ways}$`],
      ['6', r`$\boxed{6} \quad \blacksquare$`],
      ['6', r`$\boxed{6} \text{ (since } x > 0)$`],
      ['6', r`\begin{align*} x &= 5+1 \\ &= \boxed{6} \end{align*}`],
      ['6', r`\text{Answer: \boxed{6}}`],
      ['6', r`\[\begin{array}{c} \boxed{6} \end{array}\]`],
      ['6', r`$\color{blue}{\boxed{6}}$`],
      ['6', r`(so the answer is \boxed{6})`],
      ['6', r`- \boxed{6}`],
      ['6', r`1. \boxed{6}`],
      ['6', r`> \boxed{6}`],
      ['6', r`**\boxed{6}**`],
      ['6', r`\boxed{6}-sided`],
      ['2', r`$2^{10} \equiv \boxed{2} \pmod{7}$`],
      ['6', r`By AM-GM, $x + \frac{9}{x} \ge \boxed{6}$.`],
      [r`x \ge 6`, r`$x \ge \boxed{6}$`],
      ['x > 6', r`$x > \boxed{6}$`],
      ['(1, 2)', r`$(\boxed{1}, \boxed{2})$`],
      ['(1, 2)', r`$1 = x$ no; $\boxed{1} < x < \boxed{2}$`],
      ['2x + 3', r`$y = \boxed{2}x + \boxed{3}$`],
      ['6000000', r`\boxed{6} million`],
      ['-6', r`negative \boxed{6}`],
    ],
    wrong: [
      ['6', r`-\boxed{6}`],
      ['6', r`$-\boxed{6}$`],
      ['6', r`\(-\boxed{6}\)`],
      ['6', r`$\frac{1}{\boxed{6}}$`],
      ['6', r`$\frac{\boxed{6}}{5}$`],
      ['6', r`$\sqrt{\boxed 6}$`],
      ['6', r`$\boxed{6}!$`],
      ['6', r`$x^{\boxed{6}}$`],
      ['6', r`5\boxed{6}`],
      ['6', r`0.\boxed{6}`],
      ['6', r`\boxed{6}.5`],
      ['6', r`\boxed{6}x`],
      ['6', r`$\boxed{6}\pi$`],
      ['6', r`$\boxed{6} \pi$`],
      ['6', r`$5 + \boxed{6}$`],
      ['6', r`$\boxed{6} - 5$`],
      ['6', r`$\boxed{6}^2$`],
      ['6', r`$\boxed{6}\text{}x$`],
      ['6', r`$\boxed{6}{ab}$`],
      ['6', r`$x \ne \boxed{6}$`],
      ['6', r`$x \not= \boxed{6}$`],
      ['6', r`x != \boxed{6}`],
      ['6', r`$x > \boxed{6}$`],
      ['6', r`$\boxed{6} \text{ or more}$`],
      ['6', r`$\boxed{6}\text{ if } x > 0$`],
      ['6', r`\boxed{6} million`],
      ['6', r`half of \boxed{6}`],
      ['6', r`minus \boxed{6}`],
      [r`6\text{ cm}`, r`$\boxed{6}\,\mathrm{m}$`],
      ['5', r`\boxed{5?}6`],
      ['x=1, y=2', r`$x=\boxed{2}$ and $y=\boxed{1}$`],
    ],
  },
  'denials and guesses': {
    right: [
      ['7', r`\boxed{6} is wrong. The answer is 7.`],
      ['5', r`The answer is \boxed{5}, not \boxed{6}.`],
      ['6', r`so \boxed{5}... wait, \boxed{6}`],
      ['6', r`\boxed{5} is too small. So \boxed{6}.`],
      ['6', r`It cannot be 5, and it must be $\boxed{6}$.`],
      ['6', r`Maybe it is \boxed{6}.`],
      ['6', r`I am not sure, but I think it is \boxed{6}`],
      ['2, 3', r`$x=\boxed{2}$ or $x=\boxed{3}$`],
      ['B', r`The false statement is \boxed{B}. \boxed{B} is false.`],
      ['5', '<answer>4</answer> That is wrong. <answer>5</answer>'],
      ['4, 5', '<answer>4</answer> and <answer>5</answer>'],
    ],
    wrong: [
      ['6', r`The answer is not \boxed{6}.`],
      ['6', r`The answer isn't \boxed{6}.`],
      ['6', r`\boxed{6} is not the answer.`],
      ['6', r`\boxed{6} is wrong. The answer is 7.`],
      ['6', r`\boxed{6} (wrong)`],
      ['6', r`\boxed{6}. Wait, that's wrong. It should be 7.`],
      ['6', r`\boxed{5} or perhaps \boxed{6}`],
      ['5', r`\boxed{5} or perhaps \boxed{6}`],
      ['5, 6', r`\boxed{5} or perhaps \boxed{6}`],
      ['6', r`Could be \boxed{1}. Could be \boxed{2}. Could be \boxed{6}.`],
      ['6', r`First guess: \boxed{5}. Second guess: \boxed{6}.`],
      ['6', r`If n is even, \boxed{5}; otherwise \boxed{6}.`],
      ['6', 'The answer is 5. Or maybe the answer is 6.'],
      ['5', 'I could not find the answer. The options are 3, 4, 5.'],
      ['6', 'It is one of 4, 5, 6'],
      ['6', '<answer>5</answer><answer>6</answer>'],
      ['6', '<answer>5</answer> or maybe <answer>6</answer>'],
    ],
  },
  'named values': {
    right: [
      ['2', r`x = \frac42 = 2`],
      ['12', r`\boxed{V = lwh = 12}`],
      ['4', r`$A = \frac12 bh = \frac12(2)(4) = 4$`],
      [r`\frac12`, r`$$P=\frac48=\frac12$$`],
      ['17', r`\boxed{m+n=8+9=17}`],
      ['5', r`\boxed{|AB| = 5}`],
      ['5', r`\boxed{P(X=1) = 5}`],
      [r`\frac12`, r`\boxed{P(A|B) = \frac{1}{2}}`],
      ['5', r`\boxed{m\angle ABC = 5^\circ}`],
      ['5', r`\boxed{\text{Area of } \triangle ABC = 5}`],
      ['5', r`\boxed{[ABC] = 5}`],
      ['5', r`\boxed{\mathbb{E}[X] = 5}`],
      ['2x', r`\boxed{\frac{dy}{dx} = 2x}`],
      [r`\frac35`, r`\boxed{\sin A = \frac{3}{5}}`],
      [r`\frac12`, r`\boxed{\int_0^1 x\,dx = \frac{1}{2}}`],
      ['AB=5', '5'],
      [r`\text{Area}=5`, '5'],
      [r`m\angle A=5`, '5'],
      ['|AB|=5', '5'],
      ['|AB|=5', 'AB=5'],
      ['A = 5', r`\text{Area} = 5`],
      [r`\frac{x}{y} = \frac34`, r`\frac34`],
      [r`\sqrt2`, r`\boxed{x = \sqrt{2} \approx 1.414}`],
      ['1.41', r`\boxed{x = \sqrt{2} \approx 1.41}`],
      ['6', r`\boxed{x = \frac{12}{2} = 6 \text{ cm}}`],
    ],
    wrong: [
      ['3', '2x = 3'],
      ['2x = 3', '3'],
      ['3', r`\boxed{2x = \frac{6}{2} = 3}`],
      ['3', r`\boxed{x^2 = 3}`],
      ['3', r`\boxed{x+y = 3}`],
      ['3', r`\boxed{\sqrt{x} = 3}`],
      ['3', r`\boxed{\ln x = 3}`],
      ['3', r`\boxed{|x| = 3}`],
      ['5', r`\sin A = 5`],
      ['5', r`\boxed{abcde = 5}`],
      ['5', r`\boxed{abc(x+y) = 5}`],
      ['3', r`\boxed{\frac{x}{2} = 3}`],
      ['3', r`\boxed{a(b+c) = 3}`],
      ['4', r`$A = \frac12 bh = \frac12(2)(5) = 4$`],
      ['6', r`\boxed{x = 6 = 5}`],
      ['5', r`\boxed{x = 6 = 5}`],
      ['5', r`\boxed{x = 6 \approx 5}`],
      ['5', r`\boxed{\text{Twice the number} = 5}`],
      ['6', r`\boxed{x = 6, y = 7}`],
      ['x=5', 'y=5'],
      ['AB=5', 'AC=5'],
      ['AB=5', '6'],
    ],
  },
  remarks: {
    right: [
      ['5', r`\boxed{n = 5 \text{ (since } n>0)}`],
      ['5', r`\boxed{5 \text{ because } 2+3=5}`],
      ['f(x)=2x', 'f(x) = 2x for all x'],
      ['2x', r`f(x) = 2x for all x`],
      ['5', '5 (as required)'],
      ['3', 'x = 3, where x is the number of apples'],
      [r`\frac12`, r`\boxed{\frac{1}{2} \text{ or } 0.5}`],
    ],
    wrong: [
      ['3', r`\boxed{x = 3 \text{ if } n \text{ is even}}`],
      ['5', r`\boxed{5 \text{ or more}}`],
      ['5', r`\boxed{5 \text{ (or } 6)}`],
      ['5', r`\boxed{5 \text{ unless } x = 0}`],
      ['101', r`\boxed{101 \text{ (base 2)}}`],
      ['0', r`\boxed{0 \text{ for all } x > 0, 1 \text{ otherwise}}`],
      ['0', r`\boxed{0 \text{ as } x \to \infty}`],
      [r`\frac{\pi}{2}`, r`\boxed{\frac{\pi}{2} + k\pi, k \in \mathbb{Z}}`],
    ],
  },
  choices: {
    right: [
      ['B', 'The correct option is **B**.'],
      ['B', 'Answer: (B)'],
      ['B', '**Answer:** B'],
      ['B', 'I think option B is right.'],
      ['B', 'The best choice is B, because it is the only prime.'],
      ['ABC', 'A, B, C'],
      ['A, B, C', 'ABC'],
      ['A, C', 'Options A and C are correct.'],
      ['AC', 'The answer is (A) and (C).'],
      ['True', 'The statement is true.'],
      ['False', 'It is not true.'],
      ...['**5**', '__5__', '*5*', '`5`', '<answer>5</answer>', '<answer>**5**</answer>', 'Answer: __5__'].map(
        (text): Pair => ['5', text],
      ),
    ],
    wrong: [
      ['B', 'The correct option is **C**.'],
      ['B', 'I think option B is wrong.'],
      ['B', 'I think it might be option A or option B.'],
      ['B', '(A) (B) (C) (D)'],
      ['D', 'The options are (A) 1, (B) 2, (C) 3, (D) 4.'],
      ['ABC', 'A, B'],
      ['ABC', 'AB'],
      ['ABC', 'CBA'],
      ['A', 'AB'],
      ['True', 'It is not true.'],
      ['True', 'The statement is true only if n is even.'],
    ],
  },
  'unfinished and odd texts': {
    right: [
      ['3', r`so $\boxed{3`],
      ['5', r`\boxed 5`],
      ['5', r`\fbox{5}`],
      ['5', r`$\boxed{5}$.`],
      ['5', '\\boxed{\n5\n}'],
      ['\\text{even}', r`\boxed{\text{even}}`],
      ['5', r`$\boxed{5}$ So we are done. Note that 7 would not do.`],
      ['(1,2)', r`$x=\boxed{1}$, $y=\boxed{2}$`],
      ['x=1, y=2', r`$y=\boxed{2}$ and $x=\boxed{1}$`],
      ['1, 4', r`$x_1=\boxed{4}$ and $x_2=\boxed{1}$`],
      ['5', '答案：５'],
      ['5', '#### 5'],
      ['5', 'The answer is 5!'],
      ['120', r`\boxed{5!}`],
      ['120', '5!'],
    ],
    wrong: [
      ['5', r`<think>\boxed{5}</think> I am done.`],
      ['5', r`<think>so \boxed{5}`],
      ['35', r`so $\boxed{3`],
      ['120', 'The answer is 5!'],
      ['5', r`\boxed{5!}`],
    ],
  },
}

describe.each(Object.entries(cases))('%s', (_, { right, wrong }) => {
  it.each(right)('%j is met by %j', (gold, prediction) => {
    const verdict = verifyMath(gold, prediction)
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ equal: true })
  })

  it.each(wrong)('%j is not met by %j', (gold, prediction) => {
    const verdict = verifyMath(gold, prediction)
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ equal: false })
  })
})

describe('the other presets', () => {
  it.each(mathPresetNames.filter((name) => name !== 'gradus'))('%s takes the box as it stands', (preset) => {
    for (const text of [r`$-\boxed{6}$`, r`The answer is not \boxed{6}`, r`\boxed{5} or perhaps \boxed{6}`])
      expect(verifyMath('6', text, preset).equal, text).toBe(true)
  })
})

describe('options', () => {
  it('reads the box alone when asked', () => {
    expect(verifyMath('6', r`-\boxed{6}`, { aroundBox: 'ignore' }).equal).toBe(true)
  })

  it('takes denied boxes and guesses when asked', () => {
    expect(verifyMath('6', r`not \boxed{6}`, { doubt: 'ignore' }).equal).toBe(true)
    expect(verifyMath('6', r`\boxed{5} or perhaps \boxed{6}`, { doubt: 'ignore' }).equal).toBe(true)
  })

  it('takes ABC for a word when asked', () => {
    expect(verifyMath('ABC', 'A, B, C', { choiceRuns: false }).equal).toBe(false)
  })

  it('keeps a variable when asked', () => {
    expect(verifyMath('2', 'x = 4/2 = 2', { dropVariable: false }).equal).toBe(false)
  })
})

describe('hostile surroundings', () => {
  const size = 200_000
  const pieces = [
    '{',
    '}',
    '(',
    '^2}',
    '\\text{a}',
    '\\boxed{1} ',
    '-',
    ' or maybe ',
    "a'b ",
    '$',
    '= ',
    '<answer>',
    'x^{',
    '{cm}',
  ]

  it.each(pieces)('many %j around a box cost linear time', (piece) => {
    const many = piece.repeat(size / piece.length)
    const line = piece.repeat(Math.floor(600 / piece.length))
    for (const text of [
      `${many}\\boxed{6}${many}`,
      `$x${line}\\boxed{6}${line}$`,
      `\\boxed{6}\\text{cm}${line}!`,
      `\\boxed{${line} = 6}`,
    ]) {
      const begun = performance.now()
      verifyMath('6', text)
      expect(performance.now() - begun, text.slice(0, 40)).toBeLessThan(1_000)
    }
  })
})
