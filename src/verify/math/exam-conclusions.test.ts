// What a sentence comes to: answers in words that hold a "not" themselves, letters explained behind a formula, values
// singled out, marks behind an answer, conclusions in other languages. Each with near misses.
import { describe } from 'vitest'
import { checkPredictions as check } from './__fixtures__/verdict-tables.ts'

const r = String.raw

describe('texts with a denial of their own', () => {
  check(true, r`\text{numbers not divisible by 3}`, ['numbers not divisible by 3', 'Numbers not divisible by 3.'])
  check(false, r`\text{numbers not divisible by 3}`, ['numbers divisible by 3', 'numbers not divisible by 4'])
  check(true, r`\text{neither even nor odd}`, [
    'neither even nor odd',
    'Neither odd nor even.',
    'The function is neither even nor odd.',
  ])
  check(false, r`\text{neither even nor odd}`, ['even', 'neither even nor constant'])
  check(true, r`n \text{ is not a multiple of } 4`, ['$n$ is not a multiple of $4$.'])
  check(false, r`n \text{ is not a multiple of } 4`, ['$n$ is a multiple of $4$.', '$n$ is not a multiple of $5$.'])
  check(true, r`\text{All } n \text{ that are not powers of } 2`, ['All $n$ that are not powers of $2$.'])
  check(false, r`\text{All } n \text{ that are not powers of } 2`, ['All $n$ that are powers of $2$.'])
  check(true, r`\text{necessary but not sufficient}`, ['necessary, but not sufficient'])
  check(false, r`\text{necessary but not sufficient}`, ['necessary and sufficient'])
  check(true, r`\text{No, it is not a function}`, ['No, it is not a function.'])
  check(false, r`\text{No, it is not a function}`, ['Yes, it is a function.'])
  check(false, r`\text{Tom}`, ['It is not Tom.', 'Tom is not the winner, it is Ann.'])
})

describe('short answers in a sentence', () => {
  check(true, r`\text{no solution}`, [
    'There is no solution.',
    'There are no solutions.',
    'The equation has no solutions.',
    'We square both sides. Therefore, there is no solution.',
    'no solution exists',
  ])
  check(false, r`\text{no solution}`, ['There is a solution.', 'There is no doubt.'])
  check(true, r`\text{no real roots}`, ['It has no real roots.'])
  check(true, r`\text{DNE}`, ['The limit does not exist.'])
  check(false, r`\text{DNE}`, ['The limit exists.'])
  check(true, r`\text{impossible}`, ['This is impossible.'])
  check(false, r`\text{possible}`, ['This is impossible.', 'This is not possible.'])
  check(true, r`\text{cannot be determined}`, ['It cannot be determined.'])
  check(true, r`\text{converges}`, ['The series converges.'])
  check(false, r`\text{converges}`, ['The series diverges.', 'The series does not converge.', 'It converges if x > 1.'])
  check(false, '5', ['There is no doubt.', 'There are no 5 solutions.'])
})

describe('letters explained behind a formula', () => {
  check(true, 'x^2', [
    '$x^2$, where $x$ is the side.',
    '$x^2$ where $x$ is the side',
    'The area is $x^2$, where $x$ is the side length.',
  ])
  check(true, 'vt', ['The distance is $vt$, where $v$ is the speed and $t$ is the time.'])
  check(false, 'x', ['The area is $x^2$, where $x$ is the side.'])
  check(false, 'x^2', ['The area is $x^2$, where $x$ is $3$.', 'The area is $x^2$, where $x$ is twice the side.'])
})

describe('values in and behind a sentence', () => {
  check(true, '18', [
    r`Let me think. $x^2=324$ so $x=\pm18$; since $x>0$, $x=18$.`,
    r`$x=\pm18$. Since $x>0$, we get $x=18$.`,
    r`$x=\pm 18$, but $x>0$, so $x=18$.`,
  ])
  check(false, '3', ['We get $x=5$, since $y>0$, $z=3$.', '$5$ dollars and $3$ cents'])
  check(true, '120', ['There are 5! = 120 ways.'])
  check(false, '24', [
    'There are 4 * 6 - 24 ways.',
    'There are not 4 * 6 = 24 ways.',
    'There are at least 4 * 6 = 24 ways.',
  ])
  check(true, '100', [r`\text{The total is } 100`])
  check(false, '100', [r`\text{The total is not } 100`])
  check(true, '42', ['42 (Q.E.D.)', r`42 \checkmark`, r`42 \quad \blacksquare`, '<b>42</b>'])
  check(false, '42', ['42<sup>2</sup>', r`42 \square`])
  check(true, 'C', [r`**C**. $4\pi$`, r`$\mathrm{C}$. 12`])
})

describe('conclusions in other languages', () => {
  check(true, '14', [
    '综上所述，$x=14$。',
    '因此 x=14。',
    '综上，x的值为14。',
    '故选：14',
    '该三角形的面积为 14。',
    'x的最大值为14。',
    '圆的半径为14。',
    '所以余数为 14。',
    'Par conséquent, x = 14.',
    'Luego, x = 14.',
    'Por lo tanto, x = 14.',
    'Portanto, x = 14.',
    'Итак, x = 14.',
    'Следовательно, x = 14.',
    '답은 14입니다.',
    '따라서 x = 14이다.',
    'したがって、x = 14。',
    'よって x = 14 です。',
    'الجواب هو 14',
  ])
  check(false, '14', [
    '综上，x的值不为14。',
    '该三角形的面积的两倍为 14。',
    '所以 x 不等于 14',
    '所以 x > 14',
    '因此 x 可能为14',
    'Par conséquent, x > 14.',
    'Luego, 2x = 14.',
    'Итак, x не равен 14.',
    '따라서 x = 14가 아니다.',
    '故不选：14',
    '设x的值为14',
    'x的2倍为14',
    'Wenn x = 14.',
    '错误答案为14',
    '共有14个以上',
  ])
  const comma = ['Die Antwort ist 14,5.', 'La réponse est 14,5.', 'Ответ: 14,5.', 'La respuesta es 14,5 metros.']
  check(true, '14.5', comma)
  check(false, '14', comma)
  check(false, '14.5', ['The answer is 14,5.', 'Die Antwort ist 14, 5.'])
  check(false, 'A', ['故选A、B', '选A不对'])
  check(true, 'B', ['故选：B．', '答案选 B。', '故选B', '所以选（B）。'])
})
