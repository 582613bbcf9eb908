// Answers in other languages: connectors, magnitudes and units beside numbers. Each row is a gold answer and predictions
// that are all equal to it, or all not.
import { describe } from 'vitest'
import { checkRows as check } from './__fixtures__/verdict-tables.ts'

describe('a magnitude', () => {
  check(true, [
    ['14000000', '14 Millionen', '14 millones'],
    ['14000', '14 milliers', '14 Tausend', '14 тысяч'],
    ['140000', '14万'],
    ['1400000000', '14억'],
  ])
})

describe('a number beside other words', () => {
  check(true, [
    ['14000000', '14百万', '1400万'],
    ['14', '14 Äpfel', '14 pommes', '14 manzanas', '14 个', '14 개', '14 euros'],
  ])
  check(false, [
    [
      '14',
      '\\boxed{14 \\text{ au carré}}',
      '14 au carré',
      '14 al cuadrado',
      '14 al quadrato',
      '14 zum Quadrat',
      '14 hoch 2',
      '14 veces x',
      '14 mal x',
      '14 Prozent mehr',
      '14 milliards',
      '14 mille',
      '14 mil',
      '14 bilhões',
      '14 Billionen',
      '14 tysięcy',
      '14 milyon',
      '14 milionów',
      '14 ألف',
      '14 nghìn',
      '14 triệu',
      '14 हज़ार',
      '14 हजार',
      '14 तисяч',
      '14 тисяч',
      '14 Hundert',
      '14 centaines',
      '14 décimas',
      '14 Zehntel',
      '14 dizaines',
      '14 cientos',
      '14 moins 2',
      '14千',
      '14百万',
      '14만',
    ],
  ])
})

describe('letters that are no connectors', () => {
  check(true, [
    ['\\text{if y is even}', 'if y is even'],
    ['x=1 \\text{ or } y \\text{ or } z', 'x=1 or y or z'],
    ['7 or z or y or 3', '3, 7, y, z'],
    ['7 or y or e', 'e, 7, y'],
    ['\\text{the y axis}', 'the y axis'],
    ['y=2 \\text{ and y is odd}', 'y=2 \\text{ and y is odd}'],
    ['\\text{rojo y negro}', 'negro y rojo'],
    ['\\text{rojo, verde y azul}', 'azul, verde y rojo'],
    ['x=1 \\text{ y } y=2', 'x=1, y=2'],
    ['x=1 o x=2', 'x=1 or x=2'],
    ['2 y + 3 e', '3e + 2y'],
    ['a o b', 'a o b'],
    ['\\text{Tom et Anna}', 'Anna et Tom'],
    ['et', 'te'],
    ['2 et + 1', '1 + 2te'],
    ['ou', 'uo'],
    ['no et yes', 'no et yes'],
  ])
  check(false, [['\\text{positive y axis}', '\\text{negative y axis}']])
})

describe('connectors and units', () => {
  check(true, [
    ['x=1 oder x=2', 'x=2 oder x=1', 'x=1 or x=2'],
    ['x=1 und y=2', 'x=1 and y=2'],
    ['1 и 2', '1 and 2'],
    ['x=1 или x=2', 'x=1 or x=2'],
    ['1或2', '1 or 2'],
    ['x=1或x=-1', 'x=\\pm 1'],
    ['$x=1$ 或 $x=-1$', 'x=\\pm 1'],
    ['x=1 ou x=2', 'x=1 or x=2'],
    ['1 et 2', '1, 2'],
    ['1 y 2', '1, 2'],
    ['x=1 o x=2', 'x=1 or x=2'],
    ['x = 1 y y = 2', 'x=1, y=2'],
    ['x=1 \\text{ y } y=2', 'x=1, y=2'],
    ['x=1 \\text{ o } x=2', 'x=1 or x=2'],
    ['x=1 \\text{ oder } x=2', 'x=1 or x=2'],
    ['3和4', '3, 4'],
    ['3与4', '3, 4'],
    ['2 y', '2y'],
    ['2 y + 3 x', '3x+2y'],
    ['x y z', 'xyz'],
    ['e t', 'te'],
    ['2 e^x', '2e^x'],
    ['12 руб.', '12 рублей'],
    ['5 см', '5 cm'],
    ['20 km/h', '20 км/ч'],
    ['15 元', '15 yuan'],
    ['15元', '15'],
    ['8 米', '8 m'],
    ['8\\text{米}', '8\\text{ m}'],
    ['5 平方厘米', '5 cm^2'],
    ['5 cm^2', '5 см^2', '5 см²'],
    ['10 м/с', '10 m/s'],
    ['2{,}5 \\text{ кг}', '2.5 kg'],
    ['2{,}5 кг', '2500 г'],
    ['3千米', '3 km'],
    ['3千克', '3 kg'],
    ['3千', '3000'],
    ['14万元', '140000 yuan'],
    ['1.5亿', '150000000'],
    ['1万2千', '1万2千'],
    ['14 Millionen Euro', '14000000 euros'],
    ['3 \\text{ Dutzend}', '36'],
    ['14 млн', '14000000'],
    ['14 milhões', '14 million'],
    ['14 millón', '14 million'],
    ['14 mila', '14000'],
    ['$14$ Millionen', '14000000'],
    ['14 miles', '14 mi'],
    ['甲和乙', '甲和乙'],
    ['красный и синий', 'красный и синий'],
    ['15 \\text{ people}', '15人'],
    ['13 and 17', '17 & 13'],
    ['\\begin{pmatrix} 1 & 2\\\\ 3 & 4 \\end{pmatrix}', '[[1,2],[3,4]]'],
    ['14', '14 个'],
    ['3小时', '3 hours'],
    ['60 км/ч', '60 km/h'],
    ['5 千米每小时', '5 km/h'],
    ['(1,2) и (3,4)', '(3,4),(1,2)'],
  ])
  check(false, [
    ['x<1 und x>-2', 'x<1 oder x>-2'],
    ['10 м/с', '10 km/h'],
    ['3千', '3'],
    ['14万', '14'],
    ['14 тысяч', '14'],
    ['14 Millionen', '14'],
    ['甲和乙', '甲或乙'],
    ['красный и синий', 'красный или синий'],
    ['5 см', '5 m'],
    ['5 кг', '5 г'],
    ['14 тыс.', '14000000'],
    ['3千米', '3000'],
    ['14 Milliarden', '14 Millionen'],
    ['x<1 ou x>2', 'x<1 et x>2'],
    ['3米', '3厘米'],
    ['8小时', '8分钟'],
  ])
})

describe('words joined by and, or', () => {
  check(false, [
    ['\\text{Alice and Bob}', 'Alice or Bob'],
    ['\\text{red and blue}', 'red or blue'],
  ])
})
