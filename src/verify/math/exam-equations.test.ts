// Long because it is tables. Equations in one or several letters that are told apart by a point where one holds and the other
// does not, and equivalent ones that must not be; what joins words; equations counted or scaled otherwise.
import { describe, expect, it } from 'vitest'
import { checkPairs as check } from './__fixtures__/verdict-tables.ts'
import { verifyMath } from './verify-math.ts'

check(true, 'equations for a letter', [
  ['\\sin A=\\frac12', '2\\sin A = 1'],
  ['|z-i|=|z+1|', '|z+1|=|z-i|'],
  ['x^{2/3}+y^{2/3}=1', '(x^2)^{1/3}+(y^2)^{1/3}=1'],
])

check(false, 'equations for a letter', [
  ['\\tan A=2', '\\tan A=3'],
  ['\\tan A=2', '\\tan A=-2'],
  ['\\sqrt{x}=2', '\\sqrt{x}=3'],
  ['2^x=8', '2^x=9'],
  ['e^{x}=2', 'e^{x}=3'],
  ['\\sin x=\\frac12', '\\sin x=-\\frac12'],
  ['e^x=2', 'e^y=2'],
  ['|\\vec{a}|=5', '|\\vec{b}|=5'],
  ['|z|=5', '|w|=5'],
  ['\\sin A=\\frac12', '\\sin B=\\frac12'],
  ['\\gcd(a,b)=1', '\\gcd(a,c)=1'],
  ['\\sin A=\\frac12', '\\cos A=\\frac12'],
  ['\\cos\\theta=\\frac35', '\\sin\\theta=\\frac35'],
  ['|z-i|=|z+1|', '|z-i|=|z-1|'],
  ['|x|+|y|=1', '|x|+|y|=2'],
  ['|x|+|y|=1', '|x|-|y|=1'],
  ['\\sqrt{x}+\\sqrt{y}=1', '\\sqrt{x}+\\sqrt{y}=2'],
  ['x^{2/3}+y^{2/3}=1', 'x^{2/3}+y^{2/3}=4'],
  ['\\sin x+\\cos y=1', '\\sin x-\\cos y=1'],
  ['\\sqrt{x^2+y^2}=x+1', '\\sqrt{x^2+y^2}=x-1'],
  ['\\arctan x + \\arctan y=\\frac{\\pi}{4}', '\\arctan x - \\arctan y=\\frac{\\pi}{4}'],
  ['xe^x=1', 'xe^x=2'],
  ['\\sin x + \\cos x = 1', '\\sin x + \\cos x = \\sqrt{2}'],
  ['x+\\ln x = 1', 'x+\\ln x=2'],
  ['\\lfloor x \\rfloor = 2', '\\lfloor x\\rfloor = 3'],
  ['n! = 120', 'n! = 24'],
  ['\\binom{n}{2}=10', '\\binom{n}{2}=15'],
  ['\\arg z=\\frac{\\pi}{3}', '\\arg z=\\frac{\\pi}{4}'],
  ['\\sin x = 1', '\\sin x = -1'],
])

check(null, 'equations for a letter', [
  ['|z-i|=|z+1|', 'y=-x'],
  ['|z-i|=|z+1|', '\\operatorname{Re} z + \\operatorname{Im} z = 0'],
  ['|z-i|=|z+1|', '|z-i|^2=|z+1|^2'],
  ['\\sqrt{x}=2', 'x=4'],
  ['\\sin x = \\cos x', '\\tan x = 1'],
  ['|z|=5', 'x^2+y^2=25'],
  ['2^x=8', 'x=3'],
  ['e^x=2', 'x=\\ln 2'],
  ['\\ln x+\\ln y=1', 'xy=e'],
  ['\\ln(xy)=1', 'xy=e'],
  ['|x|=|y|', 'x^2=y^2'],
  ['\\sqrt{x^2+y^2}=x+1', 'y^2=2x+1'],
  ['\\cos^2 x=\\frac14', '\\cos 2x=-\\frac12'],
])

check(true, 'more equations and their equivalents', [
  ['|x-3|=5', '|3-x|=5'],
  ['\\frac{1}{\\sqrt{x}}=2', '\\sqrt{x}=\\frac12'],
])

check(false, 'more equations and their equivalents', [
  ['\\log_2 x = 3', '\\log_3 x = 2'],
  ['\\log_2 x = 3', '\\log_3 x = 3'],
  ['|x-3|=5', '|x-5|=3'],
  ['e^{2x}=4', 'e^{2x}=5'],
  ['\\tan\\theta=\\frac34', '\\sin\\theta=\\frac35'],
  ['\\sin A=\\sin B', 'A=B'],
  ['\\cos(A+B)=\\frac12', '\\cos(A-B)=\\frac12'],
  ['\\sqrt{x}+\\sqrt{y}=1', 'y=(1-\\sqrt{x})^2'],
  ['x\\ln x=1', 'x\\ln x=e'],
  ['e^x+x=1', 'x=1'],
  ['|z-2|=|z+2|', '|z-2|=|z+1|'],
  ['|z|=1', 'z\\overline{z}=2'],
  ['\\max(a,b)=3', '\\max(a,b)=4'],
  ['|\\vec{a}+\\vec{b}|=3', '|\\vec{a}-\\vec{b}|=3'],
])

check(null, 'more equations and their equivalents', [
  ['\\sqrt{x+1}=3', 'x=8'],
  ['\\log_2 x = 3', 'x=8'],
  ['e^{2x}=4', 'e^x=2'],
  ['\\tan\\theta=\\frac34', '\\cot\\theta=\\frac43'],
  ['x\\ln x=1', '\\ln(x^x)=1'],
  ['\\sqrt{x}+x=6', 'x=4'],
  ['e^x+x=1', 'x=0'],
  ['xe^y=1', 'y=-\\ln x'],
  ['|z|=1', 'z\\overline{z}=1'],
  ['\\sin x = 2', '\\sin x = 3'],
  ['\\sqrt{x}=-1', '\\sqrt{x}=-2'],
])

check(true, 'words joined by "and" and by "or"', [
  ['\\text{Alice and Bob}', 'Bob and Alice'],
  ['\\text{Alice and Bob}', 'Alice, Bob'],
  ['\\text{red or blue}', 'blue or red'],
  ['1 \\text{ and } 2', '1 or 2'],
  ['x=1 \\text{ and } x=2', 'x=1 or x=2'],
])

check(false, 'words joined by "and" and by "or"', [
  ['\\text{Alice and Bob}', 'Alice or Bob'],
  ['\\text{Alice or Bob}', 'Alice and Bob'],
  ['\\text{Alice, Bob}', 'Alice or Bob'],
  ['\\text{red and blue}', 'red or blue'],
  ['\\text{rectangle and square}', 'rectangle or square'],
  ['\\text{A wins or B wins}', 'A wins and B wins'],
])

check(true, 'recursions, lines, congruences and numbered roots', [
  ['f(x)=0 \\text{ and } f(x)=x^2', 'f(x) \\equiv 0 \\text{ or } f(x)=x^2'],
  ['f(x)\\equiv 0', 'f(x)=0'],
  ['n\\equiv 1,5 \\pmod 6', 'n \\equiv \\pm 1 \\pmod 6'],
  ['n\\equiv 1 \\text{ or } 5 \\pmod 6', 'n \\equiv 5, 1 \\pmod 6'],
  ['a_{n+1} = 2a_n+1', 'a_n = 2a_{n-1}+1'],
  ['a_{n+1} = 2a_n+n', 'a_n = 2a_{n-1}+n-1'],
  ['F_{n+2}=F_{n+1}+F_n', 'F_n=F_{n-1}+F_{n-2}'],
  ['\\frac{x-1}{2}=\\frac{y+3}{-1}=\\frac{z}{4}', '\\frac{x-1}{-2}=\\frac{y+3}{1}=\\frac{z}{-4}'],
  ['\\frac{x-1}{2}=\\frac{y+3}{-1}=\\frac{z}{4}', '\\frac{x-1}{4}=\\frac{y+3}{-2}=\\frac{z}{8}'],
  ['x=1, x=2', 'x_1=1, x_2=2'],
  ['x=1, x=2', 'x_1=2, x_2=1'],
  ['x\\equiv 1 \\pmod 6 \\text{ and } x\\equiv 5 \\pmod 6', 'x \\equiv 1 \\pmod 6 \\text{ or } x \\equiv 5 \\pmod 6'],
  ['a_1=1, a_{n+1}=2a_n+1', 'a_1=1, a_n=2a_{n-1}+1'],
  ['\\frac{x}{2}=\\frac{y}{3}=\\frac{z}{4}', '6x=4y=3z'],
  ['x=y=z', '2x=2y=2z'],
])

check(false, 'recursions, lines, congruences and numbered roots', [
  ['f(x)\\equiv 0', 'f(x)=1'],
  ['x\\equiv 0', 'x=0'],
  ['x\\equiv 3 \\pmod 7', 'x = 3'],
  ['n\\equiv 1,5 \\pmod 6', 'n \\equiv \\pm 1 \\pmod 8'],
  ['n\\equiv 1,4 \\pmod 6', 'n \\equiv \\pm 1 \\pmod 6'],
  ['a_{n+1} = 2a_n+n', 'a_n = 2a_{n-1}+n'],
  ['a_{n+1} = 2n+1', 'a_n = 2n-1'],
  ['\\frac{x-1}{2}=\\frac{y+3}{-1}=\\frac{z}{4}', '\\frac{x-1}{-2}=\\frac{y+3}{1}=\\frac{z}{4}'],
  ['x=1, x=2', 'x_1=1, x_2=3'],
  ['x\\equiv 1 \\pmod 2, x \\equiv 2 \\pmod 3', 'x \\equiv 1 \\pmod 2 \\text{ or } x \\equiv 2 \\pmod 3'],
  ['n\\equiv 1,5 \\pmod 6', 'n \\equiv 1 \\pmod 6'],
  ['n\\equiv 1,5 \\pmod 6', 'm \\equiv 1,5 \\pmod 6'],
  ['x=1, x=2', 'x_1=1, x_3=2'],
  ['x=1, y=2', 'x_1=1, x_2=2'],
  ['a_{n+1}=2a_n', 'b_{n+1}=2b_n'],
  ['a_{n+1}=2a_n', 'a_{n}=2a_{n+1}'],
  ['a_{n+2}=a_n', 'a_{n+1}=a_n'],
  ['a_1=1, a_{n+1}=2a_n+1', 'a_1=2, a_n=2a_{n-1}+1'],
  ['a_n = 2n+1', 'a_{n+1}=2n+3'],
  ['\\frac{x}{2}=\\frac{y}{3}=\\frac{z}{4}', '\\frac{x}{4}=\\frac{y}{3}=\\frac{z}{2}'],
  ['\\frac{x}{2}=\\frac{y}{3}=\\frac{z}{4}', '2x=3y=4z'],
  ['f(x)\\equiv 0', 'g(x) = 0'],
])

describe('reasons', () => {
  it.each([
    ['5', '\\boxed{\\text{apples}}', 'the prediction could not be read as mathematics'],
    ['3:4', '\\boxed{\\text{apples}}', 'the prediction could not be read as mathematics'],
    ['\\text{apples}', '5', 'the gold answer could not be read as mathematics'],
    ['\\int_0^1 x', '\\int_0^2 x', 'neither could be read as mathematics'],
    ['x=1 \\text{ or } y=2', 'x=1, y=2', 'the gold answer is joined by "or", the prediction by commas'],
    ['\\text{red}', '\\text{blue}', 'different words'],
    ['\\frac{x}{2}', '\\sqrt{x}', 'different at x = '],
  ])('%s against %s: %s', (gold, prediction, reason) => {
    expect(verifyMath(gold, prediction).reason).toContain(reason)
  })

  it.each([
    ['u(1,t)', 'u(1,s)'],
    ['\\Gamma(x)', '\\Gamma(2x)'],
    ['5 \\pmod 7', 'x \\equiv 4 \\pmod 7'],
    ['x \\equiv 5 \\pmod 7', 'x \\equiv 4 \\pmod 7'],
    ['\\log x', '\\log y'],
    ['2k\\pi, k\\in\\mathbb{Z}', '\\frac{1}{k}, k\\in\\mathbb{Z}'],
  ])('%s against %s show no names of ours', (gold, prediction) => {
    const { equal, reason } = verifyMath(gold, prediction)
    expect(equal).toBe(false)
    expect(reason).not.toMatch(/!|\$|integer'|bound'|congruent/)
  })
})
