// Sizes, arguments of functions without brackets, units, bases, signs of geometry, logic and chemistry: what notation means.
// Each row is a gold answer and predictions that are all equal to it, or all not. Long because it is one table.
import { describe, expect, it } from 'vitest'
import { verifyMath } from './verify-math.ts'

type Row = readonly [gold: string, ...predictions: string[]]

function check(equal: boolean, rows: readonly Row[]): void {
  const pairs = rows.flatMap(([gold, ...predictions]) => predictions.map((prediction) => [gold, prediction] as const))
  it.each(pairs)(`%s ${equal ? 'equals' : 'is not'} %s`, (gold, prediction) => {
    const { equal: found, ...rest } = verifyMath(gold, prediction)
    expect(found === true, JSON.stringify(rest)).toBe(equal)
  })
}

describe('a size', () => {
  check(true, [
    ['2\\times 3 \\text{ matrix}', '2x3 matrix', '2 x 3 matrix', 'a 2 by 3 matrix'],
    ['4 \\text{ cm}\\times 5\\text{ cm}', '4\\times 5 \\text{ cm}'],
    ['15', '3\\times 5 \\text{ dollars}'],
    ['300000', '3 \\times 10^5 \\text{ m}'],
    ['3\\times 5 \\text{ inches}', '3 by 5 inches', '3.0 \\times 5 \\text{ in}'],
    ['8 \\text{ feet by } 10 \\text{ feet}', '8 \\text{ feet} \\times 10 \\text{ feet}'],
    ['4 \\times 5\\text{ grid}', 'The answer is a $4 \\times 5$ grid.', '\\boxed{4 \\times 5 \\text{ grid}}'],
    ['6 \\text{ cm}^2', '2 \\times 3 \\text{ cm}^2'],
    ['6', '2 \\times 3'],
  ])
  check(false, [
    [
      '2\\times 3 \\text{ matrix}',
      '6',
      '3\\times 2 \\text{ matrix}',
      '1\\times 6 \\text{ matrix}',
      '2\\times 3 \\text{ table}',
    ],
    ['m\\times n \\text{ matrix}', 'n \\times m \\text{ matrix}'],
    ['15', '3\\times 5 \\text{ inches}'],
    ['3\\times 5 \\text{ inches}', '5 by 3 inches', '15 inches', '3\\times 5 \\text{ cm}'],
    ['4 \\times 5\\text{ grid}', '2\\times 10 \\text{ grid}'],
    ['3\\times 4 \\times 5\\text{ box}', '60'],
    ['2\\times 2\\text{ identity matrix}', '4'],
  ])
})

describe('a function without brackets', () => {
  check(true, [
    ['\\sin x\\,e^{-t}', 'e^{-t}\\sin x'],
    ['\\cos x\\, e^{x}', 'e^x\\cos x'],
    ['\\cos x e^{x}', 'e^x\\cos x'],
    ['\\ln x\\, x', 'x\\ln x'],
    ['\\sin x\\,y', 'y\\sin x'],
    ['\\sin x~y', 'y\\sin x'],
    ['\\sin x\\quad y', 'y\\sin x'],
    ['x\\ln x\\,e^x', 'x e^x\\ln x'],
    ['\\sin xe^x', 'e^x \\sin x'],
    ['sinx e^x', 'e^x \\sin x'],
    ['\\sin 2x\\,e^x', 'e^x\\sin(2x)'],
    ['\\sin 2x', '\\sin(2x)'],
    ['\\sin 2\\pi x', '\\sin(2\\pi x)'],
    ['\\sin 2\\pi\\, x', '\\sin(2\\pi x)'],
    ['\\sin xy', '\\sin(xy)'],
    ['\\sin x y', '\\sin(xy)'],
    ['\\log 2x', '\\log(2x)'],
    ['\\ln x y', '\\ln(xy)'],
    ['\\sin \\omega\\, t', '\\sin(\\omega t)'],
    ['A\\sin \\omega\\, t', 'A\\sin(\\omega t)'],
    ['\\sin k\\,x', '\\sin(kx)'],
    ['\\sin \\frac{n\\pi}{L}\\,x', '\\sin(\\frac{n\\pi x}{L})'],
    ['\\sin \\frac{x}{2}\\,y', 'y\\sin\\frac{x}{2}'],
    ['\\ln 2\\,x', 'x \\ln 2'],
    ['\\ln 2x', '\\ln(2x)'],
    ['\\ln a\\,a^x', 'a^x\\ln a'],
    ['\\cos 30^\\circ\\,t', 't\\cos 30^\\circ'],
    ['\\sin^2 x\\,y', 'y\\sin^2 x'],
    ['\\sin x\\,\\cos y', '\\cos y\\sin x'],
    ['\\sin 2x\\,\\cos 3x', '\\sin(2x)\\cos(3x)'],
    ['\\sin e^x', '\\sin(e^x)'],
    ['\\sin 2e^x', '\\sin(2e^x)'],
    ['\\ln x^2', '\\ln(x^2)'],
    ['\\tan\\theta\\,\\phi', '\\phi\\tan\\theta'],
    ['2\\sin x\\,\\sqrt{y}', '2\\sqrt y \\sin x'],
    ['\\frac{1}{2}\\ln x\\, + C', '\\frac{\\ln x}{2}+C'],
    ['x\\ln x\\,-\\,x', 'x\\ln x - x'],
    ['e^{x\\ln x\\,y}', 'e^{yx\\ln x}'],
    ['\\sin 2\\cdot x', 'x\\sin 2'],
    ['\\ln x\\cdot x', 'x\\ln x'],
  ])
  check(false, [
    ['\\sin 2x\\,e^x', '\\sin(2xe^x)'],
    ['\\sin xy', 'y\\sin x'],
    ['\\sin x\\,y', '\\sin(xy)'],
    ['\\sin \\omega\\, t', 't\\sin\\omega'],
    ['\\ln 2\\,x', '\\ln(2x)'],
    ['\\cos x\\, e^{x}', '\\cos(xe^x)'],
    ['\\sin 2x', '2\\sin x'],
  ])
})

describe('a decimal comma in braces and marks between digits', () => {
  check(true, [
    ['3{,}5', '3.5'],
    ['1{,}5', '1{,}50'],
    ['14{,}5', '14.5'],
    ['1{,}234', '1234'],
    ['0{,}125', '0.125'],
    ['0{,}5', '\\frac12'],
    ['12\\!,345', '12345'],
  ])
})

describe('marks between digits', () => {
  check(true, [
    ["1'000'000", '1000000'],
    ['1_000', '1000'],
    ['5\'6"', '66 inches'],
    ['1011_2', '11'],
    ['101_3', '10'],
    ['12_{345}', '12_{345}'],
    ['1_000_000', '10^6'],
    ["f'(3)", "f'(3)"],
    ["60'", '1^\\circ'],
    ['x_100', 'x_100'],
    ["30^\\circ 15'", '30.25^\\circ'],
    ["12'", "12'"],
  ])
  check(false, [['1_000', '1']])
})

describe('neighbours', () => {
  check(true, [
    ['H', 'H'],
    ['5 e 3', '5 e 3'],
    ['(1{,}2)', '1.2'],
    ['1{,}234{,}567', '1234567'],
    ['0{,}\\overline{3}', '\\frac13'],
    ['\\{1{,}5; 2{,}5\\}', '\\{1.5, 2.5\\}'],
    ['1\\,234{,}5', '1234.5'],
    ['2^{3{,}5}', '2^{3.5}'],
    ['12 R & D', '12 R & D'],
    ['C_2H_5OH', '\\text{C}_2\\text{H}_5\\text{OH}'],
    ['P_2V_2', 'P_2V_2'],
    ['P_1V_1=P_2V_2', 'P_2V_2=P_1V_1'],
    ['K(2)', 'K(2)'],
    ['C(5,2)', '10'],
    ['(2x+1)', '2x+1'],
    ['C(10,5)', '252'],
    ['F(2)', 'F(2)'],
    ['N_2O_3', 'N_2O_3'],
    ['2C', '2C'],
    ['3 \\times 4 \\text{ square feet}', '12 square feet'],
    ['6 \\text{ apples}', '2 \\times 3 = 6 apples'],
    ['12', '3 \\times 4 = 12 \\text{ cm}'],
    ['2\\pi \\times 3 \\text{ cm}', '6\\pi \\text{ cm}'],
    ['2.5 \\times 10^3 \\text{ kg}', '2500 kg'],
    ['2.5 \\times 10^{3} \\text{ people}', '2500'],
    ['6\\times 10^{23} \\text{ molecules}', '6\\times 10^{23}'],
    ['3 \\times 5 \\text{ feet}', '3 ft by 5 ft'],
    ['8 \\frac12 \\times 11 \\text{ inches}', '8.5 by 11 inches'],
    ['n \\times n \\text{ matrix}', 'n by n matrix'],
    ['5 K', '5 K'],
    ['3 \\text{ by } 4', '3 \\text{ by } 4'],
    ['k\\,\\Omega', '\\Omega k'],
    ['\\Omega', '\\Omega'],
    ['5 in 6', '\\frac56'],
    ['1 \\text{ in } 20', '0.05'],
    ['5 in', '5 inches'],
    ['7 \\text{ out of } 10', '70\\%'],
    ['\\mathbf{R}', '\\mathbb{R}'],
    ['one way', 'one way'],
    ['two hours', '2 \\text{ hours}'],
    ['twenty-five days', '25 days'],
    ['one second', '1 s'],
    ['second', 'second'],
    ['one hundred and five meters', '105 m'],
    ['x=1 et y=2', 'x=1, y=2'],
    ['a e b', 'abe'],
    ['3 o', '3o'],
    ['30^o', '30'],
    ['\\text{A et B}', 'A and B'],
    ['\\text{rouge et noir}', 'noir et rouge'],
    ['\\text{rojo y negro}', 'negro y rojo'],
    ['x+y', 'y + x'],
    ['0.5x2', '0.5x2'],
    ['0x', '0'],
    ['0b', '0'],
    ['\\sin x\\,dx', '\\sin x\\,dx'],
    ['\\int \\sin x\\,dx = -\\cos x + C', '-\\cos x+C'],
    ['\\lim_{x \\to 0} f(x) = 5', '5'],
    ['f: A \\to B', 'f: A \\rightarrow B'],
    ['\\frac{1}{2}\\sin 2\\theta\\,r', '\\frac{r}{2}\\sin(2\\theta)'],
    ['\\log_2 x\\,y', 'y\\log_2 x'],
    ['\\ln|x|\\,e^x', 'e^x\\ln|x|'],
    ['\\sqrt{x}\\,y', 'y\\sqrt{x}'],
    ['\\cos n\\,\\theta', '\\cos(n\\theta)'],
    ['\\sin(x)\\,y', 'y \\sin x'],
    ['A\\cos\\omega t\\,e^{-kt}', 'Ae^{-kt}\\cos(\\omega t)'],
    ['\\sin\\frac{\\pi}{6}\\,x', '\\sin\\frac{\\pi x}{6}'],
    ['4 \\ \\text{units} \\times 5\\ \\text{units}', '4 × 5 units'],
  ])
  check(false, [
    ['1{,}234', '1.234'],
    ['CO_2', 'CO_3'],
    ['H_2O', '2HO'],
    ['8\\frac12 \\times 11 \\text{ inches}', '93.5 in'],
    ['5 \\text{ K}', '5 \\text{ kg}'],
    ['one second', '2'],
    ['2^o', '2^0'],
    ['\\text{rouge et noir}', 'rouge ou noir'],
    ['\\text{rojo y negro}', 'rojo o negro'],
  ])
})

describe('units, bases, signs and small forms', () => {
  check(true, [
    ['4\\,\\Omega', '4 ohms'],
    ['4 \\Omega', '4 Ω'],
    ['4\\text{ k}\\Omega', '4000 ohms'],
    ['2\\Omega + 1', '1 + 2\\Omega'],
    ['300\\ \\mathrm{K}', '300 K'],
    ['300 \\text{ kelvin}', '300 K'],
    ['10 \\mu m', '10 micrometers'],
    ['10\\,\\mu\\text{m}', '10 μm'],
    ['\\mu m', 'm\\mu'],
    ['2\\mu m g', '2 g m \\mu'],
    ['30^{\\circ}', '30^o', '30^{o}'],
    ['x^o', 'x^o'],
    ['15 \\text{ people}', '15 persons'],
    ['1\\text{ cc}', '1\\text{ mL}'],
    ['5 \\text{ days}', 'five days'],
    ['a dozen', '12'],
    ['12', 'a dozen'],
    ['0.11_2', '0.75'],
    ['0x2A', '42'],
    ['42', '0x2A'],
    ['0b101', '5'],
    ['\\text{FF}_{16}', '255'],
    ['FF_{16}', '255'],
    ['\\triangle ABC', 'triangle ABC', '△ABC'],
    ['AB \\parallel CD', 'CD \\parallel AB', 'AB∥CD'],
    ['AB \\perp CD', 'AB⊥CD'],
    ['\\odot O', '⊙O'],
    ['l_1 \\parallel l_2', 'l_2 // l_1'],
    ['\\neg p', '\\lnot p'],
    ['p \\to q', 'p \\rightarrow q'],
    ['p \\Rightarrow q', 'p ⇒ q'],
    ['\\lbrack 2, 5 \\rparen', '[2,5)'],
    ['\\mathbb{N}', '\\mathbf{N}'],
    ['\\frac16', '1 in 6', '1 out of 6'],
    ['7 \\text{ R } 3', '7 remainder 3'],
    ['7 R 3', '7 r 3'],
    ['7 \\text{ with a remainder of } 3', '7R3'],
    ['\\|v\\|', '‖v‖'],
    ['^{14}_{6}\\text{C}', '{}^{14}_{6}\\mathrm{C}'],
    ['{}_{5}C_{2}', '10'],
    ['\\text{CO}_2', 'CO_2'],
    ['\\ce{H2SO4}', 'H_2SO_4'],
    ['\\text{H}_2\\text{SO}_4', 'H_2SO_4'],
    ['\\text{Na}_2\\text{CO}_3', 'Na_2CO_3'],
    ['\\mathrm{H_2O}', 'H_2O'],
    ['\\mathrm{CO_2}', 'CO_2'],
    ['2H_2+O_2 \\to 2H_2O', '2H_2 + O_2 \\rightarrow 2H_2O'],
    ['\\det\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '-2'],
    ['\\Gamma(5)', '24'],
    ['\\Gamma(n+1)', '\\Gamma(n+1)'],
    ['1+2+\\cdots+100', '5050'],
    ['1+3+5+\\cdots+99', '2500'],
    ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^T', '\\begin{pmatrix}1&3\\\\2&4\\end{pmatrix}'],
    ['\\begin{pmatrix}1&1\\\\0&1\\end{pmatrix}^{3}', '\\begin{pmatrix}1&3\\\\0&1\\end{pmatrix}'],
  ])
  check(false, [
    ['4\\,\\Omega', '5 ohms', '4 V'],
    ['\\$300', '\\$300 K'],
    ['10\\,\\mu\\text{m}', '10 mm'],
    ['30^{\\circ}', '31^o'],
    ['1\\text{ cc}', '1\\text{ L}'],
    ['5 \\text{ days}', 'six days', 'five hours'],
    ['0b101', '101'],
    ['2a_{16}', '42'],
    ['\\triangle ABC', '\\triangle ABD'],
    ['AB \\parallel CD', 'AB \\perp CD', 'CD \\parallel AE'],
    ['p \\to q', 'q \\to p'],
    ['\\frac16', '1 in 5'],
    ['1', '1 in 6'],
    ['6', '1 in 6'],
    ['7 R 3', '7', '3 R 7'],
    ['^{14}_{6}\\text{C}', '{}^{12}_{6}\\mathrm{C}'],
    ['\\text{CO}_2', '\\text{CO}', '\\text{Co}_2'],
    ['\\ce{H2SO4}', 'H_2SO_3'],
    ['\\Gamma(5)', '120'],
    ['1+2+4+\\cdots+64', '127'],
    ['\\mathbb{N}', '\\mathbf{Z}'],
    ['0.11_2', '0.11'],
    ['\\det\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '2'],
    ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^T', '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}'],
    ['15 \\text{ people}', '15 children'],
    ['1+2+\\cdots+100', '5000'],
    ['l_1 \\parallel l_2', 'l_1 / l_2'],
  ])
})

describe('long texts', () => {
  const many = 2_000
  const texts = [
    '元'.repeat(many),
    `5 ${'万'.repeat(many)}`,
    'и '.repeat(many),
    `5${' см'.repeat(many)}`,
    `1${' & 2'.repeat(many)}`,
    `2${' \\times 3'.repeat(many)} \\text{ box}`,
    `${'x by '.repeat(many)}y`,
    `1+2${'+3'.repeat(many)}+\\cdots+9`,
    `${'H2'.repeat(30)}O`,
    `a${' \\parallel b'.repeat(many)}`,
    `1${' y 2 e 3 o 4'.repeat(many / 4)}`,
    `\\sin ${'x\\,'.repeat(many)}y`,
    `1${"'000".repeat(many)}`,
    `0x${'F'.repeat(many)}`,
  ]
  it('are read or refused in a moment', () => {
    for (const text of texts) {
      const start = performance.now()
      verifyMath(text, `\\boxed{${text}}`)
      expect(performance.now() - start, text.slice(0, 30)).toBeLessThan(1_500)
    }
  })
})
