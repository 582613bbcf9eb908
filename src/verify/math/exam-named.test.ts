// Long because it is tables. Gold answers that name what is asked for on the left, remarks on gold answers, families with their
// letters and sets in other words, functions by cases. Beside each what must stay different.
import { describe, expect, it } from 'vitest'
import { verifyMath } from './verify-math.ts'

function check(equal: boolean | null, title: string, pairs: readonly (readonly [gold: string, prediction: string])[]) {
  const says = equal === null ? 'is not told from' : equal ? 'equals' : 'is not'
  describe(title, () => {
    it.each(pairs)(`%s ${says} %s`, (gold, prediction) => {
      const { equal: found, ...rest } = verifyMath(gold, prediction)
      expect(found, JSON.stringify(rest)).toBe(equal)
    })
  })
}

check(true, 'left sides that name what is asked for', [
  ['M\\cap N=\\{2,3\\}', '\\{2,3\\}'],
  ['A\\cup B=\\{1,2\\}', '\\{1,2\\}'],
  ['A^{c}=\\{4,5\\}', '\\{4,5\\}'],
  ['A\\times B=\\{(1,2)\\}', '\\{(1,2)\\}'],
  ['\\complement_U A=\\{4,5\\}', '\\{4,5\\}'],
  ['(\\complement_U A)\\cap B=\\{4,5\\}', '\\{4,5\\}'],
  ['\\complement_U(A\\cap B)=\\{4,5\\}', '\\{4,5\\}'],
  ['A \\cap B = (1,3)', '(1,3)'],
  ['A^{-1}=\\begin{pmatrix}1&-1\\\\0&1\\end{pmatrix}', '\\begin{pmatrix}1&-1\\\\0&1\\end{pmatrix}'],
  ['A^T=\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}', '\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}'],
  ['AB=\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}', '\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}'],
  ['A^2=\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}', '\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}'],
  ['\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}', 'A^{-1}=\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}'],
  ['|\\vec{a}| = 5', '5'],
  ['|\\vec{a}+\\vec{b}|=5', '5'],
  ['\\operatorname{rank} A=2', '2'],
  ['\\arg z=\\frac{\\pi}{3}', '\\frac{\\pi}{3}'],
  ['\\dim V=3', '3'],
  ['\\angle(\\vec a,\\vec b)=60^\\circ', '60^\\circ'],
  ['\\nabla f = (2x, 2y)', '(2x,2y)'],
  ['\\nabla f = (2x, 2y)', '\\langle 2x, 2y\\rangle'],
  ['AB:BC=3:2', '3:2'],
  ['AB:BC=3:2', 'AB:BC=6:4'],
  ['\\det(A)=5', '\\det A=5'],
  ['\\vec{a}+\\vec{b}=(1,2)', '(1,2)'],
  ['2\\vec{a}=(2,4)', '(2,4)'],
  ['\\vec{a}\\cdot\\vec{b}=5', '5'],
  ['AB=A', 'A'],
  ['\\sqrt{2}\\approx 1.414', '\\sqrt{2}'],
  ['100\\pi\\approx 314', '100\\pi'],
  ['A-B=(1,2)', '(1,2)'],
  ['X-Y=(1,2)', '(1,2)'],
  ['a:b=2:3', '2:3'],
  ['314', 'x = 100\\pi \\approx 314'],
  ['A^{-1}=\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}', 'A^{-1}=\\begin{bmatrix}1&2\\\\0&1\\end{bmatrix}'],
  ['\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}', 'AB=\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}'],
  ['|A\\cup B|=5', '5'],
  ['A\\cap B=\\{2,3\\}', 'A\\cap B=\\{3,2\\}'],
  ['\\operatorname{rank}(A)=2', '\\operatorname{rank} A=2'],
  ['AB:BC=3:2', '1.5'],
  ['|\\vec{a}-\\vec{b}|=\\sqrt{7}', '\\sqrt{7}'],
  ['\\sqrt{2}\\approx 1.414', '\\sqrt{2}\\approx 1.41'],
  ['\\{1,2\\}', 'A\\cap B=\\{1,2\\}'],
  ['(1,3)', 'A\\cap B=(1,3)'],
])

check(false, 'left sides that name what is asked for', [
  ['A \\cap B = (1,3)', 'A \\cap B = [1,3]'],
  ['A \\cap B = \\{1\\}', 'A \\cup B=\\{1\\}'],
  ['\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}', 'A^2=\\begin{pmatrix}1&0\\\\0&1\\end{pmatrix}'],
  ['|\\vec{a}|=5', '|\\vec{b}|=5'],
  ['|a|=5', '5'],
  ['AB:BC=3:2', 'BC:AB=3:2'],
  ['\\det(A)=5', '\\det B=5'],
  ['(2,4)', '2\\vec{a}=(2,4)'],
  ['x^2=7', '7'],
  ['2x=6', '6'],
  ['A\\cap B=C', 'C'],
  ['A^2=B', 'B'],
  ['\\sqrt{2}\\approx 1.414', '1.414'],
  ['\\sqrt{2}\\approx 1.414', '1.5'],
  ['100\\pi\\approx 314', '314'],
  ['x^2=(1,2)', '(1,2)'],
  ['a:b=c:d', 'c:d'],
  ['310', 'x = 100\\pi \\approx 310'],
  ['100\\pi', 'x = 100\\pi \\approx 310'],
  ['AB=\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}', 'BA=\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}'],
  ['A^{-1}=\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}', 'A=\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}'],
  ['A^T=\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}', 'A^{-1}=\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}'],
  ['A^{-1}=\\begin{pmatrix}1&2\\\\0&1\\end{pmatrix}', '\\begin{pmatrix}1&-2\\\\0&1\\end{pmatrix}'],
  ['|A\\cup B|=5', '|A\\cap B|=5'],
  ['A\\cap B=\\{2,3\\}', '\\{3\\}'],
  ['A\\cap B=\\{2,3\\}', 'M\\cap N=\\{2,3\\}'],
  ['\\arg z=\\frac{\\pi}{3}', '|z|=\\frac{\\pi}{3}'],
  ['\\arg z=\\frac{\\pi}{3}', '\\frac{\\pi}{6}'],
  ['\\operatorname{rank} A=2', '\\operatorname{rank} B=2'],
  ['\\nabla f = (2x, 2y)', '(2y,2x)'],
  ['AB:BC=3:2', '2:3'],
  ['|\\vec{a}-\\vec{b}|=\\sqrt{7}', '|\\vec{a}+\\vec{b}|=\\sqrt{7}'],
  ['\\vec{a}+\\vec{b}=(1,2)', '(2,1)'],
  ['\\vec{a}+\\vec{b}=(1,2)', '\\vec{a}-\\vec{b}=(1,2)'],
  ['\\vec{a}\\cdot\\vec{b}=5', '\\vec{a}\\cdot\\vec{c}=5'],
  ['5', '\\vec{a}\\cdot\\vec{b}=5'],
  ['\\sqrt{2}\\approx 1.414', '\\sqrt{3}'],
  ['\\sqrt{2}\\approx 1.7', '\\sqrt{2}'],
  ['x+y\\approx 3', 'x+y'],
  ['(1,3)', 'A^2=(1,3)'],
  ['AB+CD=7', '7'],
  ['x^2+y^2=(1,2)', '(1,2)'],
])

check(true, 'families and remarks', [
  ['\\{2k : k \\in \\mathbb{Z}\\}', '\\{2n \\mid n\\in\\mathbb{Z}\\}'],
  ['\\{2k : k \\in \\mathbb{Z}\\}', '2k, k \\in \\mathbb{Z}'],
  ['\\{2k+1 : k \\in \\mathbb{Z}\\}', '\\{2n-1 \\mid n\\in\\mathbb{Z}\\}'],
  [
    '\\left\\{ \\frac{\\pi}{4}+k\\pi : k \\in \\mathbb{Z} \\right\\}',
    '\\{\\frac{\\pi}{4}+n\\pi \\mid n \\in \\mathbb{Z}\\}',
  ],
  ['\\left\\{ \\frac{\\pi}{4}+k\\pi : k \\in \\mathbb{Z} \\right\\}', 'x=\\frac{\\pi}{4}+n\\pi, n \\in \\mathbb{Z}'],
  ['\\{1,2,\\ldots,10\\}', '\\{1,2,3,4,5,6,7,8,9,10\\}'],
  ['\\{2,4,6,\\ldots,12\\}', '\\{2,4,6,8,10,12\\}'],
  ['1, 2, 3, ..., 6', '1,2,3,4,5,6'],
  ['f(x)=cx, c\\in\\mathbb{R}', 'f(x)=kx \\text{ for any real constant } k'],
  ['f(x) = cx', 'f(x) = ax \\text{ for some constant } a'],
  ['f(x) = x \\text{ for all } x \\in \\mathbb{R}', 'f(x)=x'],
  ['f(x)=x', 'f(x)=x \\quad \\forall x\\in\\mathbb{R}'],
  ['f(x)=x, \\forall x \\in \\mathbb{R}', 'f(x) = x'],
  ['x^2, where x is the side', 'x^2'],
  ['f(x)=cx, c\\in\\mathbb{R}', 'f(x)=kx, k \\in\\mathbb{R}'],
])

check(false, 'families and remarks', [
  ['\\{2k : k \\in \\mathbb{Z}\\}', '\\{3n \\mid n\\in\\mathbb{Z}\\}'],
  ['\\{2k : k \\in \\mathbb{Z}\\}', '\\{2n \\mid n\\in\\mathbb{N}\\}'],
  ['\\{1,2,\\ldots,10\\}', '\\{1,2,3,4,5,6,7,8,9\\}'],
  ['\\{2,4,\\ldots,64\\}', '\\{2,4,8,16,32,64\\}'],
  ['f(x)=cx, c\\in\\mathbb{R}', 'f(x)=kx \\text{ for any integer } k'],
  ['f(x)=x, \\forall x \\in \\mathbb{R}', 'f(x) = 2x'],
  ['f(x)=x, \\forall x \\in \\mathbb{Z}', 'f(x) = x'],
  ['f(x) = x \\text{ for all } x > 0', 'f(x)=x'],
  ['P(x)=x^n \\text{ for some positive integer } n', 'P(x) = x^n'],
])

check(true, 'letters, sets and words', [
  ['x = 3+5t, y=1-2t', 'x=3+5s, y=1-2s'],
  ['(x,y)=(3+5t, 1-2t)', '(x,y)=(3+5s,1-2s)'],
  ['(3+4t, -2-3t), t \\in \\mathbb{Z}', '(7+4k,-5-3k), k\\in\\mathbb{Z}'],
  [
    'x = \\frac{\\pi}{6}+2k\\pi \\text{ or } x=\\frac{5\\pi}{6}+2k\\pi, k\\in\\mathbb{Z}',
    'x = \\frac{5\\pi}{6}+2n\\pi, \\frac{\\pi}{6}+2n\\pi, n\\in\\mathbb{Z}',
  ],
  ['f(x) = cx', 'f(x) = ax, a \\in \\mathbb{R}'],
  ['\\text{all real numbers except } 2', 'x \\ne 2'],
  ['\\text{all real numbers except } 2', '\\mathbb{R}\\setminus\\{2\\}'],
  ['\\text{all real numbers except 2 and -3}', 'x \\ne 2, x\\ne -3'],
  ['\\text{all positive integers}', '\\mathbb{Z}^+'],
  ['\\text{all } n \\ge 3', 'n\\geq 3'],
  ['\\text{odd } n', 'n \\text{ odd}'],
  ['\\text{odd } n', 'n \\text{ is odd}'],
  ['\\{x^2 : x \\in \\mathbb{Z}\\}', '\\{n^2 : n \\in \\mathbb{Z}\\}'],
  ['\\{1,3,5,\\ldots,9\\}', '\\{1,3,5,7,9\\}'],
  ['\\{0, 1, \\ldots, 4\\}', '\\{0,1,2,3,4\\}'],
  ['\\{3,2,\\ldots,0\\}', '\\{0,1,2,3\\}'],
  ['\\text{all positive integers}', 'positive integers'],
])

check(false, 'letters, sets and words', [
  ['x = 3+5t, y=1-2t', 'x=3+5s, y=1-3s'],
  ['x = 3+5a, y=1-2a', 'x=3+5b, y=1-2b'],
  ['(3+4t, -2-3t), t \\in \\mathbb{Z}', '(7+4k,-4-3k), k\\in\\mathbb{Z}'],
  [
    'x = \\frac{\\pi}{6}+2k\\pi \\text{ or } x=\\frac{5\\pi}{6}+2k\\pi, k\\in\\mathbb{Z}',
    'x = \\frac{5\\pi}{6}+2n\\pi, \\frac{\\pi}{3}+2n\\pi, n\\in\\mathbb{Z}',
  ],
  ['\\text{all real numbers except } 2', 'x \\ne 3'],
  ['\\text{all } n \\ge 3', 'n > 3'],
  ['\\text{odd } n', 'n \\text{ even}'],
  ['\\{2k : k \\in \\mathbb{Z}\\}', '\\{2k+1 : k \\in \\mathbb{Z}\\}'],
  ['\\{x^2 : x \\in \\mathbb{R}\\}', '\\{x^2 : x \\in \\mathbb{Z}\\}'],
  ['\\{1,2,\\ldots,n\\}', '\\{1,2,\\ldots,m\\}'],
  ['\\{1,2,3,\\ldots\\}', '\\{1,2,3\\}'],
  ['\\{1,2,4,\\ldots,16\\}', '\\{1,2,4,8,16\\}'],
  ['\\{1,2,\\ldots,5\\}', '\\{1,2,5\\}'],
  ['\\{1,2,4,\\ldots,10\\}', '\\{1,2,3,4,5,6,7,8,9,10\\}'],
  ['x=1, x=2', 'y_1=1, y_2=2'],
  ['x=3+5t, y=1-2t', 'x=3+5t, y=1-2s'],
  ['x=3+5t, y=1-2t', 'y=3+5s, x=1-2s'],
  ['y=3t', 'y=3s'],
  ['\\text{all real numbers except } 2', '\\mathbb{R}'],
  ['\\text{all real numbers except } 0 \\text{ and } 1', 'x\\ne 0'],
  ['\\text{all } n \\ge 3', 'm \\ge 3'],
  ['\\text{all positive integers}', '\\text{all integers}'],
  ['\\text{all positive integers}', '\\mathbb{Z}'],
  ['\\text{even } n', 'n \\text{ odd}'],
  ['\\text{even } n', 'm \\text{ even}'],
  ['f(x)=cx', 'f(x)=ax'],
  ['f(x)=cx^2, c\\in\\mathbb{R}', 'f(x)=kx \\text{ for any real constant } k'],
  ['f(x)=x', 'f(t)=x \\quad \\forall x\\in\\mathbb{R}'],
  ['f(x)=x \\text{ for all } x \\in \\mathbb{Q}', 'f(x)=x'],
])

check(true, 'functions by cases', [
  [
    'f(x)=\\begin{cases} x & x\\ge 0 \\\\ -x & x<0\\end{cases}',
    '\\begin{cases} -x & x<0 \\\\ x & x \\ge 0 \\end{cases}',
  ],
  [
    '\\begin{cases} 0, & n \\text{ odd} \\\\ 1, & n \\text{ even}\\end{cases}',
    '\\begin{cases} 1, & \\text{if } n \\text{ is even} \\\\ 0, & \\text{if } n \\text{ is odd}\\end{cases}',
  ],
  [
    'f(x)=\\begin{cases} x, & x\\ge 0 \\\\ -x, & x<0\\end{cases}',
    '\\begin{cases} -x, & x<0 \\\\ x, & x \\ge 0 \\end{cases}',
  ],
  [
    'f(x)=\\begin{cases} x^2 & x\\ge 0 \\\\ -x & x<0\\end{cases}',
    '\\begin{cases} x^2 & x \\ge 0\\\\ -x & x<0 \\end{cases}',
  ],
  [
    '\\begin{cases} x^2 & x<1\\\\ 2x & x\\ge 1\\end{cases}',
    '\\begin{cases} x^2 & x<1\\\\ 2x & \\text{otherwise}\\end{cases}',
  ],
  [
    '\\begin{cases} 0 & x=0\\\\ 1/x & x \\ne 0\\end{cases}',
    '\\begin{cases} 0 & \\text{if } x=0\\\\ \\frac1x & \\text{otherwise}\\end{cases}',
  ],
  [
    '\\begin{cases} 1-x & x<0\\\\ (x-1)^2 & x \\ge 0\\end{cases}',
    '\\begin{cases} x^2-2x+1 & \\text{if } x\\ge0\\\\ -x+1 & \\text{if } x<0\\end{cases}',
  ],
])

check(false, 'functions by cases', [
  [
    '\\begin{cases} 0, & n \\text{ odd} \\\\ 1, & n \\text{ even}\\end{cases}',
    '\\begin{cases} 1, & \\text{if } n \\text{ is odd} \\\\ 0, & \\text{if } n \\text{ is even}\\end{cases}',
  ],
  [
    '\\begin{cases} x^2 & x<1\\\\ 2x & x> 1\\end{cases}',
    '\\begin{cases} x^2 & x<1\\\\ 2x & \\text{otherwise}\\end{cases}',
  ],
  [
    '\\begin{cases} x^2 & x<1\\\\ 2x & x\\ge 1\\end{cases}',
    '\\begin{cases} x^2 & x\\le 1\\\\ 2x & \\text{otherwise}\\end{cases}',
  ],
  [
    '\\begin{cases} x^2 & x<1\\\\ 2x & x\\ge 1\\end{cases}',
    '\\begin{cases} x^2 & x<1\\\\ 3x & \\text{otherwise}\\end{cases}',
  ],
  [
    'f(x)=\\begin{cases} x & x\\ge 0 \\\\ -x & x<0\\end{cases}',
    'g(x)=\\begin{cases} -x & x<0 \\\\ x & x \\ge 0 \\end{cases}',
  ],
  [
    '\\begin{cases} x & 0\\le x<1 \\\\ 2-x & 1\\le x \\le 2\\\\0 & x>2 \\end{cases}',
    '\\begin{cases} x & 0\\le x<1 \\\\ 2-x & 1\\le x \\le 2\\\\0 & \\text{otherwise} \\end{cases}',
  ],
])

check(true, 'sums and products up to a letter', [
  ['\\sum_{k=1}^{n} k', '\\frac{n(n+1)}{2}'],
  ['\\sum_{k=1}^n k^2', '\\frac{n(n+1)(2n+1)}{6}'],
  ['\\prod_{k=1}^n k', 'n!'],
  ['\\sum_{k=0}^{n}\\binom{n}{k}', '2^n'],
  ['\\prod_{k=1}^n \\frac{k+1}{k}', 'n+1'],
  ['n+1', '\\prod_{k=1}^n \\frac{k+1}{k}'],
  ['\\sum_{k=0}^{n} x^k', '\\frac{x^{n+1}-1}{x-1}'],
  ['\\sum_{k=1}^{n-1} k', '\\frac{n(n-1)}{2}'],
  ['\\sum_{k=0}^{n-1} 2^k', '2^n-1'],
  ['\\sum_{k=1}^{n} k', '\\sum_{j=0}^{n-1} (j+1)'],
  ['\\sum_{k=1}^{n} \\frac{1}{k(k+1)}', '\\frac{n}{n+1}'],
  ['\\sum_{k=1}^{2n} k', 'n(2n+1)'],
  ['\\sum_{k=1}^{n} k\\cdot k!', '(n+1)!-1'],
])

check(false, 'sums and products up to a letter', [
  ['\\sum_{k=1}^{n} k', '\\frac{n(n-1)}{2}'],
  ['\\prod_{k=1}^n k', '(n-1)!'],
  ['\\sum_{k=0}^{n}\\binom{n}{k}', '2^{n+1}'],
  ['\\sum_{k=0}^{n} x^k', '\\frac{x^{n}-1}{x-1}'],
  ['\\sum_{k=1}^{n} k', '\\sum_{j=0}^{n-1} j'],
  ['\\sum_{k=1}^{n} k', '15'],
  ['\\sum_{k=1}^{n} k', '\\frac{m(m+1)}{2}'],
  ['\\sum_{k=1}^{n} \\frac{1}{k}', '\\ln n'],
])
