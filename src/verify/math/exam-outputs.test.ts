// Long because it is a table: outputs as models write them, with the verdict that a careful human gives. Word problems,
// contest problems, algebra, geometry and choices; right ones in every dress and wrong ones that are near misses.
import { describe, expect, it } from 'vitest'
import { verifyMath } from './verify-math.ts'

type Row = readonly [gold: string, right: readonly string[], wrong: readonly string[]]

const r = String.raw

const groups: Readonly<Record<string, readonly Row[]>> = {
  'word problems': [
    [
      '18',
      [
        'Janet eats 3 and bakes with 4, so 16 - 3 - 4 = 9 eggs are left.\nShe makes 9 * $2 = $18 every day.\n#### 18',
        'She sells 16 - 7 = 9 eggs. 9 × 2 = 18.\n\n**Answer: $18**',
        'First, 16 − 3 − 4 = 9.\nThen 9 · 2 = 18.\nSo Janet makes $18 a day at the market.',
        r`The number of eggs left is $16-3-4=9$. The money is $9 \times 2 = \boxed{18}$ dollars.`,
        r`Daily income: \[ 9 \times \$2 = \boxed{\$18} \]`,
        r`The final answer is $\boxed{18 \text{ dollars per day}}$.`,
      ],
      [
        'She eats 3, so 13 are left and 13 * 2 = 26.\n#### 26',
        r`She makes $9 \times 2 = \boxed{81}$ dollars.`,
        r`So she makes $\boxed{18}$ cents... wait, that is not right: she makes $\boxed{9}$ dollars.`,
        r`The answer is \boxed{16} or maybe \boxed{18}.`,
        r`Profit: $-\boxed{18}$`,
        'The answer is 18 hundred dollars.',
      ],
    ],
    [
      '70000',
      [
        'The value rose by 80,000 * 1.5 = 120,000, so the house is worth 200,000. The profit is 200,000 - 130,000 = $70,000.',
        r`Therefore, Josh made a profit of \boxed{\$70{,}000}.`,
        r`Profit $= 200{,}000 - 130{,}000 = \boxed{70{,}000}$.`,
        r`\boxed{70 \text{ thousand}}`,
        r`$\boxed{70}$ thousand dollars`,
      ],
      [
        'The profit is 195,000 - 130,000 = $65,000.',
        r`Josh made \boxed{700{,}000}.`,
        r`Josh made \boxed{70}.`,
        r`\boxed{\$70{,}000 \text{ or } \$65{,}000}`,
        'Josh made about 70 thousand or 80 thousand.',
      ],
    ],
    [
      '2.5',
      [
        'Each glass costs 5 / 2 dollars.\n\nThe answer is $2.50.',
        r`Each one costs $\boxed{\$2.50}$.`,
        r`$\frac{5}{2} = \boxed{2.5}$`,
        r`$\boxed{\frac{5}{2}}$`,
        r`\boxed{2\frac{1}{2}}`,
      ],
      [r`\boxed{2.05}`, r`\boxed{\frac{2}{5}}`, 'Each glass costs $25.', r`$\frac{5}{3\cdot\boxed{2}}$`],
    ],
    [
      '25',
      [
        r`The increase is $\frac{50}{200} = \boxed{25\%}$.`,
        r`The increase is $\boxed{25}\%$.`,
        'So the price went up by 25%.\n#### 25',
        'Percent increase: 25 percent.\n\nAnswer: 25%',
      ],
      [
        'So the price went up by 2.5%.\n#### 2.5',
        r`The new price is \boxed{125\%} of the old one.`,
        r`The increase is \boxed{0.025}.`,
      ],
    ],
    [
      '3',
      [
        'Half of 2 bolts is 1 bolt. In total it takes 2 + 1 = 3 bolts.',
        'It takes **3** bolts in total.',
        '2 + 1 = 3\n\n#### 3 bolts',
        '<think>2/2 = 1; 2 + 1 = 3</think>\n\nIt takes 3 bolts.',
        '<think>\\boxed{2}</think><answer>3</answer>',
      ],
      [
        'It takes 2 + 0.5 = 2.5 bolts in total.',
        '<think>So it is \\boxed{3}, I am sure.</think>\n\nIt takes 2 bolts.',
        '<think>The total is 2 + 1 = 3, so \\boxed{3',
        'I could not find the answer. The options are 1, 2, 3.',
        '<answer>2</answer><answer>3</answer>',
        'It is one of 2, 3.',
      ],
    ],
    [
      '540',
      [
        'He runs 3 sprints of 60 meters three times a week: 3*3*60 = 540 meters.\nThe answer is 540 meters.',
        r`Total: $3 \times 3 \times 60 = \boxed{540\text{ meters}}$`,
        r`$$\boxed{540\ \mathrm{m}}$$`,
        'Answer:\n\n540 m',
      ],
      [
        'He runs 3*60 = 180 meters a week.',
        r`\boxed{5400}`,
        r`\boxed{54.0}`,
        'The answer is 540 meters per sprint, times 3, which is 1620.',
      ],
    ],
    [
      r`5\text{ cm}`,
      [
        r`The side is $\boxed{5 \text{ cm}}$.`,
        r`The side is $\boxed{5}$ cm.`,
        r`\boxed{50 \text{ mm}}`,
        r`$s = \boxed{5}\text{ cm}$`,
      ],
      [
        r`The side is $\boxed{5 \text{ m}}$.`,
        r`$\boxed{5}\text{ m}$`,
        r`\boxed{25 \text{ cm}^2}`,
        r`\boxed{5 \text{ cm}^2}`,
      ],
    ],
  ],
  'numbers of contests': [
    [
      '204',
      [
        r`The walk takes $2.4$ hours plus the stop, so $t = 204$ minutes. $\boxed{204}$`,
        r`Thus the total time is \[\boxed{204}.\]`,
        r`\boxed{\textbf{204}}`,
        r`So $m+n = 101 + 103 = \boxed{204}$.`,
        r`\boxed{m+n = 204}`,
        r`Therefore the answer is $\boxed{204 \text{ minutes}}$.`,
        r`**Final Answer**
\[ \boxed{204} \]
I hope it is correct.`,
      ],
      [
        r`Thus the total time is \[\boxed{240}.\]`,
        r`\boxed{2.04}`,
        r`So $m+n = 101 + 103 = \boxed{205}$. (Not 204.)`,
        r`The answer is not \boxed{204}.`,
        r`\boxed{204} is wrong. The answer is 205.`,
        r`\boxed{204} is not the answer.`,
        r`Could be \boxed{203}. Could be \boxed{204}.`,
        r`Either \boxed{104} or \boxed{204}.`,
        r`$\frac{m}{\boxed{204}}$`,
        r`\boxed{204}, \boxed{205}, \boxed{206}`,
        r`\boxed{204!}`,
        r`$x \ne \boxed{204}$`,
      ],
    ],
    [
      '025',
      [r`So the answer is $\boxed{025}$.`, r`So $p + q = \boxed{25}$.`, r`$p+q = 16 + 9 = \boxed{25}$`],
      [r`So the answer is $\boxed{250}$.`, r`So the answer is $\boxed{2.5}$.`, r`$\boxed{2}5$`, r`$2\boxed{5}$`],
    ],
    [
      '113',
      [
        r`We get $\boxed{110}$. Wait, we forgot three cases, so it is $\boxed{113}$.`,
        r`Wait, I made an error. Let me recompute: $100 + 13 = 113$. The answer is $\boxed{113}$.`,
        r`The answer is \boxed{113}, not \boxed{110}.`,
        r`By Legendre, $x \equiv \boxed{113} \pmod{1000}$.`,
        r`Hence $n \ge 113$, with equality reached, so $n_{\min} = \boxed{113}$.`,
        r`By AM-GM, $S \ge \boxed{113}$.`,
      ],
      [
        r`We get $\boxed{113}$. Wait, we forgot three cases, so it is $\boxed{116}$.`,
        r`The answer is \boxed{110}, not \boxed{113}.`,
        r`$n > \boxed{113}$`,
        r`First guess: \boxed{110}. Second guess: \boxed{113}.`,
        r`$x^{\boxed{113}}$`,
        r`\boxed{113}x`,
      ],
    ],
    [
      r`2^{10}`,
      [r`$\boxed{1024}$`, r`$\boxed{2^{10}}$`, r`$\boxed{4^5}$`, r`$2^{10} = \boxed{1024}$`, r`\boxed{2^{10} = 1024}`],
      [r`$\boxed{2048}$`, r`$\boxed{2\cdot 10}$`, r`\boxed{2^{10} = 1000}`, r`$2^{\boxed{10}} + 1$`],
    ],
    [
      '252',
      [
        r`$\binom{10}{5} = \boxed{252}$`,
        r`\boxed{\binom{10}{5}}`,
        r`\boxed{\frac{10!}{5!\,5!}}`,
        r`There are $\boxed{252}$ ways.`,
        r`$\boxed{252}\text{ ways}$`,
      ],
      [
        r`$\binom{10}{4} = \boxed{210}$`,
        r`\boxed{\binom{10}{4}}`,
        r`\boxed{\frac{10!}{5!}}`,
        r`There are $2\cdot\boxed{252}$ ways.`,
      ],
    ],
  ],
  fractions: [
    [
      r`\frac{3}{4}`,
      [
        r`The probability is $1 - \frac14 = \boxed{\frac{3}{4}}$.`,
        r`So $P = \frac{6}{8} = \boxed{\dfrac{3}{4}}$.`,
        r`\boxed{P(A \cup B) = \frac{3}{4}}`,
        r`$$P=\frac{6}{8}=\frac34$$`,
        'The answer is 3/4.',
        'The answer is 0.75.',
        r`$\boxed{\frac{3}{4} \text{ or } 0.75}$`,
        r`\boxed{\tfrac34}`,
        r`The probability is $\boxed{\frac{3}{4}}$, or equivalently $\boxed{0.75}$.`,
        r`$\boxed{75\%}$`,
      ],
      [
        r`\boxed{\frac{4}{3}}`,
        r`\boxed{-\frac{3}{4}}`,
        r`$1 - \boxed{\frac{3}{4}}$`,
        r`\boxed{\frac{3}{4}\pi}`,
        r`\boxed{3.4}`,
        r`\boxed{3:5}`,
        r`\boxed{\frac{3}{4}, \frac{1}{4}}`,
        r`\boxed{\frac34}^2`,
        r`$\sqrt{\boxed{\frac{3}{4}}}$`,
        r`$$P=\frac{5}{8}=\frac34$$`,
        'The answer is 0.7.',
        'The answer is 75.5%.',
      ],
    ],
    [
      r`\frac{1}{3}`,
      [
        r`$\boxed{\frac{2}{6}}$`,
        r`$x = \frac{1}{3} \approx 0.333$`,
        r`\boxed{\frac{1}{3} \approx 0.33}`,
        r`\boxed{x = \frac13}`,
      ],
      [r`$\boxed{0.33}$`, r`\boxed{0.3}`, r`$\boxed{1}/4$`, r`\boxed{3}`],
    ],
  ],
  expressions: [
    [
      'x^2 + 2x + 1',
      [
        r`Expanding, we get $\boxed{x^2+2x+1}$.`,
        r`\boxed{(x+1)^2}`,
        r`\boxed{f(x) = x^2 + 2x + 1}`,
        r`$$f(x) = (x+1)^2 = \boxed{x^2+2x+1}$$`,
        r`$(\boxed{x+1})^2$`,
        r`$f(x) = \boxed{x^2 + 2x + 1}$ for all real $x$.`,
      ],
      [
        r`\boxed{x^2 - 2x + 1}`,
        r`\boxed{x^2 + 2x}`,
        r`$f(x) = \boxed{x^2+2x} + 2$`,
        r`\boxed{x^2 + 2x + 1 = 0}`,
        r`\boxed{(x+1)}`,
        r`$2(\boxed{x^2+2x+1})$`,
        r`\boxed{(x+1)(x-1)}`,
      ],
    ],
    [
      r`\frac{x^2}{2}+C`,
      [
        r`$\int x\,dx = \boxed{\frac{x^2}{2} + C}$`,
        r`$\int x\,dx = \boxed{\frac{x^2}{2}} + C$`,
        r`\boxed{\frac12 x^2 + C}`,
      ],
      [r`$\int x\,dx = \boxed{\frac{x^2}{2}}$`, r`\boxed{x^2 + C}`],
    ],
    [
      r`2\sqrt{3}`,
      [
        r`So $AB = \sqrt{12} = \boxed{2\sqrt{3}}$.`,
        r`\boxed{\sqrt{12}}`,
        r`\boxed{AB = 2\sqrt3}`,
        r`$\boxed{2\sqrt{3}}\approx 3.46$`,
        r`\boxed{|AB| = \sqrt{12} = 2\sqrt{3}}`,
        r`$2\boxed{\sqrt{3}}$`,
      ],
      [
        r`\boxed{3\sqrt{2}}`,
        r`\boxed{2\sqrt{3}i}`,
        r`\boxed{3.46}`,
        r`\boxed{\sqrt{6}}`,
        r`\boxed{\pm 2\sqrt{3}}`,
        r`$3\boxed{\sqrt{3}}$`,
      ],
    ],
    [
      r`36\pi`,
      [
        r`$V = \frac43\pi r^3 = \boxed{36\pi}$`,
        r`\boxed{V = \frac{4}{3}\pi (3)^3 = 36\pi}`,
        r`$V = \frac{4}{3}\pi r^3 = 36\pi \approx 113.1$`,
        r`$\boxed{36\pi} \text{ cubic units}$`,
        r`$\boxed{36}\pi$`,
      ],
      [
        r`$V = \boxed{36}$`,
        r`\boxed{36\pi^2}`,
        r`\boxed{V = \frac{4}{3}\pi (3)^2 = 36\pi}`,
        r`$\boxed{36\pi}\pi$`,
        r`\boxed{113.1}`,
      ],
    ],
    [
      '3 + 4i',
      [r`$z = \boxed{3+4i}$`, r`\boxed{4i + 3}`, r`$\boxed{3} + \boxed{4}i$`],
      [r`$z = \boxed{3-4i}$`, r`\boxed{4+3i}`, r`\boxed{7i}`, r`$\overline{\boxed{3+4i}}$`],
    ],
  ],
  'equations and names': [
    [
      '7',
      [
        r`\boxed{x = 7}`,
        r`\boxed{f(2) = 7}`,
        r`\boxed{AB = 7}`,
        r`\boxed{\text{Area} = 7}`,
        r`$x = \frac{14}{2} = 7$`,
        r`\boxed{n = 7 \text{ (since } n > 0)}`,
        r`\boxed{A = lw = 7}`,
        r`The solution is $x = \boxed{7} > 0$.`,
      ],
      [
        r`\boxed{2x = 7}`,
        r`\boxed{x^2 = 7}`,
        r`\boxed{x \neq 7}`,
        r`\boxed{x < 7}`,
        r`\boxed{7x}`,
        r`\boxed{x = 7 \text{ if } n \text{ is even}}`,
        r`$x = \frac{15}{2} = 7$`,
        r`\boxed{7 \text{ or more}}`,
      ],
    ],
    ['AB = 5', ['5', r`\boxed{5}`, r`\boxed{AB = 5}`], ['6', r`\boxed{AC = 5}`, r`\boxed{2AB = 5}`]],
    [
      r`x = 3`,
      [r`\boxed{3}`, r`$\boxed{x = 3}$`, r`$2x = 6 \Rightarrow x = \boxed{3}$`],
      [r`\boxed{y = 3}`, r`\boxed{-3}`, r`$2x = \boxed{6}$`],
    ],
    [
      r`y = 2x + 1`,
      [r`The line is $\boxed{y = 2x+1}$.`, r`$y = \boxed{2x+1}$`, r`$y = \boxed{2}x + \boxed{1}$`],
      [r`\boxed{y = 2x - 1}`, r`\boxed{y = x + 2}`, r`$y = \boxed{2}x + \boxed{3}$`],
    ],
  ],
  'several values': [
    [
      '2, 3',
      [
        r`The solutions are $x = \boxed{2}$ and $x = \boxed{3}$.`,
        r`\boxed{2, 3}`,
        r`\boxed{x = 2 \text{ or } x = 3}`,
        r`\boxed{3 \text{ and } 2}`,
        'The answer is 2 and 3.',
      ],
      [
        r`The solution is $x = \boxed{2}$.`,
        r`\boxed{2, 3, 4}`,
        r`\boxed{-2, -3}`,
        r`\boxed{2.3}`,
        r`$\boxed{2}\cdot\boxed{3}$`,
      ],
    ],
    [
      '(1, 2)',
      [
        r`The point is $\boxed{(1, 2)}$.`,
        r`$(x, y) = (\boxed{1}, \boxed{2})$`,
        r`\boxed{x = 1, y = 2}`,
        r`We get $x = \boxed{1}$ and $y = \boxed{2}$.`,
        r`\boxed{\left(1, 2\right)}`,
      ],
      [
        r`\boxed{(2, 1)}`,
        r`\boxed{(1, -2)}`,
        r`We get $y = \boxed{1}$ and $x = \boxed{2}$.`,
        r`\boxed{(1, 2, 3)}`,
        r`\boxed{(1, 2), (2, 1)}`,
      ],
    ],
    [
      r`\{1, 2\}`,
      [r`\boxed{\{1, 2\}}`, r`\boxed{\{2, 1\}}`, r`$\{\boxed{1}, \boxed{2}\}$`],
      [r`\boxed{\{1\}}`, r`\boxed{\{1, 3\}}`, r`\boxed{(1, 2)}`],
    ],
    [
      r`\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}`,
      [r`\boxed{\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}}`, r`$A = \boxed{\begin{bmatrix}1&2\\3&4\end{bmatrix}}$`],
      [r`\boxed{\begin{pmatrix} 1 & 3 \\ 2 & 4 \end{pmatrix}}`, r`$2\boxed{\begin{pmatrix}1&2\\3&4\end{pmatrix}}$`],
    ],
  ],
  sets: [
    [
      r`[-1, 3)`,
      [r`\boxed{[-1, 3)}`, r`\boxed{-1 \le x < 3}`, r`$x \in \boxed{[-1, 3)}$`, r`$\boxed{-1} \le x < \boxed{3}$`],
      [r`\boxed{(-1, 3)}`, r`\boxed{[-1, 3]}`, r`\boxed{(-1, 3]}`, r`$\boxed{-1} < x < \boxed{3}$`],
    ],
    [
      r`x \ge 6`,
      [r`\boxed{x \ge 6}`, r`\boxed{[6, \infty)}`, r`$x \ge \boxed{6}$`],
      [r`\boxed{x > 6}`, r`\boxed{x \le 6}`, r`\boxed{[6, 7]}`, r`$x \le \boxed{6}$`],
    ],
    [
      r`\text{no solution}`,
      [r`\boxed{\text{No solution}}`, r`\boxed{\emptyset}`, r`The equation has \boxed{\text{no real solutions}}.`],
      [r`\boxed{0}`, r`\boxed{\text{all real numbers}}`],
    ],
  ],
  choices: [
    [
      'B',
      [
        'The correct option is **B**.',
        'Answer: (B)',
        '**Answer:** B',
        'So option B is right.',
        r`\boxed{\textbf{(B)}\ 12}`,
        r`$\boxed{\text{B}}$`,
        'The answer is (B), since the others fail.',
        'B. Paris',
        'Only (B) satisfies both conditions, so the answer is B.',
      ],
      [
        'The correct option is **C**.',
        'Answer: (D)',
        'Option B is wrong, so the answer is C.',
        r`\boxed{\textbf{(A)}\ 12}`,
        'Both (A) and (B) hold.',
        r`\boxed{A} \text{ or } \boxed{B}`,
        'I do not know. It is one of A, B, C.',
      ],
    ],
    [
      'ABC',
      ['The correct options are A, B and C.', r`\boxed{ABC}`, r`\boxed{A, B, C}`],
      ['The correct options are A and B.', r`\boxed{ABCD}`, r`\boxed{A, B}`],
    ],
    [
      'Yes',
      ['Yes, since every even number above 2 is composite.', r`\boxed{\text{Yes}}`, 'The answer is yes.'],
      ['No, since 2 is prime.', r`\boxed{\text{No}}`, 'The answer is not yes.'],
    ],
    [
      'True',
      ['The statement is true.', r`\boxed{\text{True}}`],
      ['It is not true.', 'The statement is false.', 'The statement is true only if n is even.'],
    ],
  ],
}

const rows = Object.values(groups).flat()
const right = rows.flatMap(([gold, outputs]) => outputs.map((output) => ({ gold, output, equal: true })))
const wrong = rows.flatMap(([gold, , outputs]) => outputs.map((output) => ({ gold, output, equal: false })))

describe('what models write', () => {
  it('is a table with enough of both', () => {
    expect(right.length + wrong.length).toBeGreaterThan(150)
    expect(wrong.length / (right.length + wrong.length)).toBeGreaterThan(0.4)
  })

  it.each(right)('$output is $gold', ({ gold, output }) => {
    const verdict = verifyMath(gold, output)
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ equal: true })
  })

  it.each(wrong)('$output is not $gold', ({ gold, output }) => {
    const verdict = verifyMath(gold, output)
    expect(verdict, JSON.stringify(verdict)).toMatchObject({ equal: false })
  })
})
