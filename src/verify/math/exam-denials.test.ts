// Long because it is a table. What completions in other languages deny, doubt or take back; dismissed letters and names; words that make another
// number of the one they stand beside. Each with near misses on both sides.
import { describe } from 'vitest'
import { checkPredictions as check } from './__fixtures__/verdict-tables.ts'

const r = String.raw

describe('denial in other languages', () => {
  check(false, '14', [
    "La réponse n'est pas 14.",
    "La réponse n'est pas $14$.",
    r`La réponse n'est pas \boxed{14}.`,
    'La réponse n’est pas 14.',
    r`La réponse finale n'est pas $\boxed{14}$.`,
    "La réponse n'est pas égale à 14.",
    "La solution n'est pas x = 14.",
    "Donc x n'est pas 14.",
    'Je ne pense pas que la réponse est 14.',
    r`Das Ergebnis ist nicht \boxed{14}.`,
    r`Die Antwort lautet nicht $\boxed{14}$.`,
    'Also nicht x = 14.',
    'Antwort: nicht x = 14',
    'Es ist nicht wahr, dass die Antwort 14 ist.',
    r`La respuesta no es \boxed{14}.`,
    'No creo que la respuesta sea 14.',
    r`La risposta non è \boxed{14}.`,
    r`A resposta não é $\boxed{14}$.`,
    r`答案不是 $\boxed{14}$。`,
    r`Ответ не \boxed{14}.`,
    r`Ответ не равен \boxed{14}.`,
    'Ответ: не x=14',
    '답은 14가 아닙니다.',
    '答えは14ではない。',
    'الجواب ليس 14',
  ])
  check(false, '14', [
    r`\boxed{14} ist falsch.`,
    r`\boxed{14} est faux.`,
    r`\boxed{14} n'est pas la réponse.`,
    r`$\boxed{14}$ ist nicht die richtige Lösung.`,
    r`$\boxed{14}$ no es la respuesta correcta.`,
    r`$\boxed{14}$ non è la risposta.`,
    r`$\boxed{14}$ não é a resposta.`,
    r`$\boxed{14}$ неверно.`,
    r`$\boxed{14}$ не является ответом.`,
    r`$\boxed{14}$ 不是答案。`,
    r`$\boxed{14}$ 是错的。`,
    r`答えは$\boxed{14}$ではありません。`,
    r`정답은 $\boxed{14}$가 아닙니다.`,
    "La réponse est 14. C'est faux.",
    r`\boxed{14}. Das ist nicht richtig.`,
    r`\boxed{14}。这是错的。`,
    'Ответ: 14. Это неверно.',
    'The answer is 14. That is wrong.',
  ])
  // What is denied of a thing, of another value or with a doubt denied leaves the number alone.
  check(true, '14', [
    r`Da $x$ nicht negativ sein kann, ist die Lösung $\boxed{14}$.`,
    r`La probabilité de ne pas gagner est $\boxed{14}$.`,
    'Die Anzahl der nicht roten Kugeln ist 14.',
    'Le nombre de boules qui ne sont pas rouges est 14.',
    r`Не трудно видеть, что ответ: \boxed{14}.`,
    r`No hay duda de que la respuesta es \boxed{14}.`,
    r`不能被3整除的数的个数是 $\boxed{14}$。`,
    r`因为 $x$ 不能为负数，所以答案是 $\boxed{14}$。`,
    r`Nicht 15, sondern \boxed{14}.`,
    r`Ответ не 15, а \boxed{14}.`,
    r`$\boxed{14}$ ist nicht durch 3 teilbar.`,
    r`\boxed{14}. Das ist richtig.`,
    "La réponse est 14. Ce n'est pas un nombre premier.",
    r`\boxed{14}。这不是质数。`,
    'There are 14 with no remainder.',
    r`The number of non-zero terms is \boxed{14}.`,
    '答えは14です。',
  ])
})

describe('doubt in other languages', () => {
  check(false, '14', [
    'Je ne sais pas, peut-être 14.',
    "Je n'ai pas trouvé 14.",
    'Ich weiß es nicht, vielleicht 14.',
    'Vielleicht ist die Antwort 14.',
    'Не знаю, может быть 14.',
    'Ich konnte die Lösung 14 nicht bestätigen.',
    'Quizás la respuesta es 14.',
    'Возможно, ответ: 14',
    'Réponse : peut-être 14',
    '也许答案是14。',
    '如果答案是14，则矛盾。',
    'Si la réponse est 14, on obtient une contradiction.',
  ])
  check(false, '6', [
    r`\boxed{5} oder \boxed{6}`,
    r`\boxed{5} ou peut-être \boxed{6}`,
    r`\boxed{5}, vielleicht \boxed{6}`,
  ])
  check(true, '14', ['所有可能的值为 $14$。', r`Die Wahrscheinlichkeit in Prozent ist \boxed{14}.`])
  check(true, '5, 6', [r`\boxed{5} oder \boxed{6}`])
})

describe('dismissed letters and names', () => {
  check(false, 'D', ['D. No wait, E.', 'D: no. E: yes.', 'D: none; answer E'])
  check(true, 'E', ['D. No wait, E.', 'E. None of the above', 'E) none'])
  check(false, 'B', ['B: 12 is too large; C: 10 fits.', '不选 B', '选 B 不对，选 A'])
  check(true, 'B', ['B: 12', 'B. No solution', 'B. 12 is the answer', 'B. The ratio is 2:3', '选 A 不对，选 B'])
  check(false, r`\text{Tom}`, [r`\boxed{\text{Tom}} isn't right.`, r`\boxed{\text{Tom}} is wrong.`])
  check(true, r`\text{Tom}`, [r`\boxed{\text{Tom}} is right.`])
  check(true, 'B', [r`Statement \boxed{B} is wrong.`])
  check(false, 'true', ['The opposite is true.'])
})

describe('multiples in other languages', () => {
  const unscaled = [
    'Die Antwort ist 14 Millionen.',
    r`Die Antwort ist \boxed{14} Millionen.`,
    'Die Antwort ist $14$ Millionen.',
    'Es sind insgesamt am Ende 14 Millionen',
    'La respuesta es 14 millones.',
  ]
  check(false, '14', unscaled)
  check(true, '14000000', unscaled)
  const thousands = ['La réponse est 14 milliers.', 'Die Antwort ist 14 Tausend.', 'Ответ: 14 тысяч.']
  check(false, '14', thousands)
  check(true, '14000', thousands)
  check(true, '140000', ['答案是14万。', r`\boxed{14}万`])
  check(false, '14', ['答案是14万。', r`\boxed{14}万`, '答案是14以上。'])
  check(false, '14', [
    'La réponse est 14 au carré.',
    'El resultado es 14 veces x.',
    'El resultado es 14 al cuadrado.',
    r`\boxed{14} au carré`,
  ])
  check(true, '14', [
    'Die Antwort ist 14 Meter.',
    'La réponse est 14 francs.',
    '答案是14平方厘米。',
    r`\boxed{14} Kugeln`,
  ])
  check(false, '14000', ['答案是14千克。'])
})

describe('bounds and counts in other languages', () => {
  check(false, '14', [
    r`Es gibt mehr als \boxed{14} Lösungen.`,
    'Es gibt mehr als 14 Lösungen.',
    'Il y a plus de 14 solutions en tout.',
    'Le résultat est au moins $14$.',
    r`La respuesta es el doble de \boxed{14}.`,
    'Antwort: mehr als 14',
    'Существует более 14 различных способов сделать.',
    '至少有14种方法。',
    '没有14种方法。',
    'Es gibt keine 14 Lösungen.',
    'Es gibt 14 Millionen Lösungen.',
  ])
  check(true, '14', [
    'Es gibt $14$ Lösungen.',
    'Nous trouvons 14 solutions.',
    'Всего 14 способов.',
    '共有 14 种不同的方法。',
    'Он купил 14 яблок, а не 15.',
    'La respuesta es 14, no 15.',
    'La probabilidad de no ganar es 14.',
  ])
  check(false, '15', ['Он купил 14 яблок, а не 15.', 'La réponse est 14, pas 15.'])
})

describe('what a sentence tells of the answer', () => {
  check(false, '14', [
    'The answer has 14 digits.',
    'The number has $14$ digits.',
    'The answer ends in 14.',
    'The number ends in $14$.',
    'The answer starts with 14.',
    'The answer contains 14.',
    'The last two digits of the answer are 14.',
    "The answer's last two digits are 14.",
    'The number is divisible by 14.',
    'Die Antwort hat 14 Stellen.',
    'La réponse a 14 chiffres.',
    'La respuesta termina en 14.',
  ])
  // What may well have been asked for.
  check(true, '14', [
    'The last two digits are 14.',
    'Its last two digits are 14.',
    'The number has 14 divisors.',
    'The set contains 14 elements.',
  ])
})
