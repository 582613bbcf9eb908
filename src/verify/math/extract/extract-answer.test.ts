import { describe, expect, it } from 'vitest'
import { defaultMathOptions } from '../options.ts'
import { mathPresets } from '../presets.ts'
import { type ExtractOptions, extractAnswer } from './extract-answer.ts'

const extract = (text: string, changes: Partial<ExtractOptions> = {}) =>
  extractAnswer(text, { ...defaultMathOptions, ...changes })
const shownOf = (text: string, changes: Partial<ExtractOptions> = {}): string => {
  const found = extract(text, changes)
  return found.ok ? `${found.how}: ${found.text}` : `none: ${found.reason}`
}

const cases: Readonly<Record<string, readonly (readonly [text: string, shown: string])[]>> = {
  'the last box': [
    ['\\boxed{5}', 'box: 5'],
    ['Hence $\\boxed{\\frac{1}{2}}$.', 'box: \\frac{1}{2}'],
    ['$\\fbox{7}$ is it', 'box: 7'],
    ['First \\boxed{1}, then after a check we get 2, and finally \\boxed{3}. Done, as 4 > 3.', 'box: 3'],
    ['\\boxed{\\left\\{1, 2\\right\\}}', 'box: \\left\\{1, 2\\right\\}'],
    ['\\boxed{x \\in \\{ y : y > \\sqrt{2} \\}}', 'box: x \\in \\{ y : y > \\sqrt{2} \\}'],
    ['\\boxed{\\boxed{5}}', 'box: \\boxed{5}'],
    ['\\boxed{\\text{(B)}}', 'box: \\text{(B)}'],
    ['\\boxed {8}', 'box: 8'],
    ['$\\boxed 9$', 'box: 9'],
    ['\\boxed9', 'box: 9'],
    ['\\boxed{$12$}', 'box: 12'],
    ['} } a stray brace, \\boxed{4} and { another', 'box: 4'],
    ['\\boxed{5} (as asked, inside \\boxed{})', 'box: 5'],
    ['\\boxed{a\\\\}', 'box: a\\\\'],
    ['The answer is 6. \\boxed{7}', 'box: 7'],
    ['\\boxed{7} The answer is 6.', 'box: 7'],
    ['<answer>\\boxed{5}</answer>', 'box: 5'],
  ],
  'an unclosed box': [
    ['so $\\boxed{3', 'box: 3'],
    ['so $\\boxed{\\frac{1}{2}$\nand so on', 'box: \\frac{1}{2}'],
    ['\\boxed{1} but then \\boxed{2', 'box: 2'],
    ['\\boxed{2 and so \\boxed{3}', 'box: 3'],
  ],
  'several boxes that stand together': [
    ['$x=\\boxed{2}$ or $x=\\boxed{3}$', 'box: 2, 3'],
    ['The solutions are \\boxed{1}, \\boxed{2}, and \\boxed{3}.', 'box: 1, 2, 3'],
    ['$x_1 = \\boxed{1}$ \\text{ and } $x_2 = \\boxed{4}$', 'box: 1, 4'],
    ['\\boxed{5}\n\n\\boxed{5}', 'box: 5'],
    ['We try \\boxed{1}. That fails, so we take \\boxed{2}.', 'box: 2'],
    ['\\boxed{\\frac{1}{2}} = \\boxed{0.5}', 'box: 0.5'],
    ['\\boxed{1} and \\boxed{2}. Wait, it should be \\boxed{3} or \\boxed{4}', 'box: 3, 4'],
  ],
  'the thinking part': [
    ['<think>\\boxed{1}</think> It is \\boxed{2}', 'box: 2'],
    ['<think>\\boxed{1}</think> I am not sure about any of this.', 'none: no answer was found'],
    ['<think>the answer is \\boxed{1}', 'none: the thinking part after <think> never ends'],
    ['<think>a</think> b <think>\\boxed{1}', 'none: the thinking part after <think> never ends'],
    ['no opening tag \\boxed{1}</think>\\boxed{2}', 'box: 2'],
    ['<think>5</think>', 'none: the text is empty'],
  ],
  'tags and hashes': [
    ['<think>x</think><answer> 42 </answer>', 'answer-tag: 42'],
    ['<answer>1</answer> no: <answer>2</answer>', 'answer-tag: 2'],
    ['<answer>17', 'answer-tag: 17'],
    ['She has 3 + 4 = 7 eggs.\n#### 7', 'hashes: 7'],
    ['#### $1,234\nThat is all there is to say.', 'hashes: $1,234'],
    ['#### Step 3: add\nSo the answer is 9.', 'answer-is: 9'],
    ['#### \\frac{1}{2}', 'hashes: \\frac{1}{2}'],
  ],
  phrases: [
    ['Final Answer: The final answer is $X$. I hope it is correct.', 'final-answer: X'],
    ['The final answer is: 12', 'final-answer: 12'],
    ['**Final Answer:** $\\frac{2}{3}$', 'final-answer: \\frac{2}{3}'],
    ['### Final Answer\n\n$$x^2 + 1$$', 'final-answer: x^2 + 1'],
    ['The answer is 5, because 2 + 3 = 5.', 'answer-is: 5'],
    ['So the answer is **18 dollars**.', 'answer-is: 18 dollars'],
    ['the answer is 3.14.', 'answer-is: 3.14'],
    ['Therefore, the answer to the question of the day is \\( 7 \\).', 'answer-is: 7'],
    ['The answer is not 5. The answer is 6.', 'answer-is: 6'],
    ['The answer is 6. The answer is not 5.', 'answer-is: 6'],
    ['The correct answer is (B).', 'answer-is: (B)'],
    ['The answer is $2$ and $3$.', 'answer-is: 2 and 3'],
    ['The answer is $3$ cm.', 'answer-is: 3 cm'],
    ['Answer: 4', 'answer-colon: 4'],
    ['Answer: 4\nAnswer: 5', 'answer-colon: 5'],
    ['**Answer:**\n\n17', 'answer-colon: 17'],
    ['ANSWER: $\\pi$', 'answer-colon: \\pi'],
    ['La respuesta es 18.', 'answer-is: 18'],
    ['答案是 18。', 'answer-is: 18'],
    ['Antwort: 18', 'answer-colon: 18'],
    ['The answer is:\n\\[ x = 3 \\]', 'answer-is: x = 3'],
  ],
  'a bare answer': [
    ['5', 'whole: 5'],
    [' $\\frac{3}{4}$ ', 'whole: \\frac{3}{4}'],
    ['x = 3 or x = 5', 'whole: x = 3 or x = 5'],
    ['(1, 2)', 'whole: (1, 2)'],
    ['3 hours and 20 minutes', 'whole: 3 hours and 20 minutes'],
    ['12 square centimeters per second', 'whole: 12 square centimeters per second'],
    ['no solution', 'whole: no solution'],
    ['\\text{the empty set of all real numbers}', 'whole: \\text{the empty set of all real numbers}'],
    ['**5**', 'whole: 5'],
  ],
  formulas: [
    ['We add both and find that it has to be $3 + x$ here', 'maths: 3 + x'],
    ['We conclude after some work that\n\\[ y = 2 \\]\nas desired by us', 'maths: y = 2'],
    ['We compute it step by step here\n\\begin{align*} a &= 1 + 2 \\\\ &= 3 \\end{align*}', 'maths: 3'],
    ['He paid $5 for one and $6 for the other one, which is 11 in all', 'number: 11'],
  ],
  'bare numbers': [
    ['Then she has 18 eggs left over', 'number: 18'],
    ['It must therefore have cost her $1,234.50 in total', 'number: $1,234.50'],
    ['By this reasoning we end at -7', 'number: -7'],
    ['By this reasoning we get 10-5', 'number: 5'],
    ['In the end he sold 3/4 of them', 'number: 3/4'],
    ['So that makes 25% of them all', 'number: 25%'],
    ['All of it gives 3. And that is all', 'number: 3'],
    ['We find that they are 3, 5 and 7 in turn', 'number: 3, 5 and 7'],
    ['It has to be either 5 or 7 then', 'number: 5 or 7'],
    ['As shown before it is definitely not 5', 'none: no answer was found'],
    ['In step2 we find nothing of any use', 'none: no answer was found'],
    ['', 'none: the text is empty'],
  ],
}

describe.each(Object.entries(cases))('%s', (_, rows) => {
  it.each(rows)('%j gives %j', (text, shown) => {
    expect(shownOf(text)).toBe(shown)
  })
})

describe('what the gold answer makes one look for', () => {
  it.each([
    ['We see that (B) is right and that is that', 'choice: B'],
    ['So I would go with option C', 'choice: C'],
    ['All the others fail by the parity argument.\n**D.**', 'choice: D'],
    ['Both (A) and (C) hold for every one of these', 'choice: A, C'],
    ['It surely cannot be (B) by the argument above', 'none: no answer was found'],
    ['There is a dog in the garden of my aunt', 'none: no answer was found'],
  ])('letters: %j gives %j', (text, shown) => {
    expect(shownOf(text, { expect: 'choice' })).toBe(shown)
  })

  it.each([
    ['Yes, because three is less than five here', 'word: Yes'],
    ['We have checked all of them. So no, it is impossible', 'word: no'],
    ['It could be that yes or perhaps no fits here', 'none: no answer was found'],
  ])('yes and no: %j gives %j', (text, shown) => {
    expect(shownOf(text, { expect: 'word' })).toBe(shown)
  })

  it('is no letter and no word when the gold answer is none', () => {
    expect(shownOf('We see that (B) is right and that is that')).toBe('none: no answer was found')
    expect(shownOf('Yes, because some of them are less than others')).toBe('none: no answer was found')
  })
})

describe('options and presets', () => {
  it('takes only the last of several boxes when asked', () => {
    expect(shownOf('\\boxed{1} and \\boxed{2}', { severalBoxes: 'last' })).toBe('box: 2')
  })

  it('refuses an unclosed box when asked, even with a closed one before it', () => {
    expect(shownOf('\\boxed{1} or \\boxed{2', { unclosedBox: false })).toBe('none: the last box is not closed')
  })

  it('searches only the tail when asked', () => {
    const text = `The answer is 5. ${'Some more words follow. '.repeat(20)}`
    expect(shownOf(text, { tailCharacters: 100 })).toBe('none: no answer was found')
    expect(shownOf(text)).toBe('answer-is: 5')
  })

  it('keeps the order of the anchors', () => {
    const text = 'The final answer is 1. \\boxed{2}'
    expect(shownOf(text, mathPresets.gradus)).toBe('box: 2')
    expect(shownOf(text, mathPresets.minerva)).toBe('final-answer: 1')
  })

  it('finds nothing but boxes in prose for the MATH grader', () => {
    expect(shownOf('After all of that work the answer is 5.', mathPresets['hendrycks-math'])).toBe(
      'none: no answer was found',
    )
  })
})

describe('hostile texts', () => {
  const size = 200_000
  const repeated = (piece: string): string => piece.repeat(Math.ceil(size / piece.length))
  const pieces = [
    '{',
    '}',
    '\\boxed{',
    '\\boxed{}',
    '\\boxed{1}',
    '\\boxed',
    '$',
    '$a ',
    '$$',
    '$ $',
    '\\[',
    '\\(',
    '\\',
    '\n',
    ' ',
    'answer',
    'the answer is ',
    'answer: ',
    'final answer\n',
    '####',
    '#### ',
    '<answer>',
    '</think>',
    '(A) ',
    '1',
    '1,',
    '1 and ',
    '1/',
    '0.',
    '-',
    '%',
    '*',
    '. ',
    'e1',
    '\\frac',
    '\\begin{align}',
    '\\end{align}',
    '_',
    'yes ',
    'x=',
    'ответ',
  ]

  it.each(pieces)('many %j cost linear time', (piece) => {
    for (const text of [`${repeated(piece)}}`, `the answer is ${repeated(piece)} 5`]) {
      const begun = performance.now()
      extract(text, { expect: 'choice' })
      expect(performance.now() - begun).toBeLessThan(1_000)
    }
  })

  it('a megabyte takes less than a second', () => {
    for (const piece of ['\\boxed', 'answer', ' ']) {
      const begun = performance.now()
      extract(piece.repeat(1_000_000 / piece.length))
      expect(performance.now() - begun).toBeLessThan(1_000)
    }
  })
})
