// The program inside a completion.
import { describe, expect, it } from 'vitest'
import { lastFencedBlock } from './fenced-block.ts'

describe('lastFencedBlock', () => {
  it('takes the last closed block of the language', () => {
    const text = 'First:\n```python\na = 1\n```\nBetter:\n```py\na = 2\n```\nRun it:\n```bash\npython a.py\n```\n'
    expect(lastFencedBlock(text, 'python')).toBe('a = 2\n')
    expect(lastFencedBlock(text, 'javascript')).toBeUndefined()
    expect(lastFencedBlock(text)).toBe('python a.py\n')
  })

  it('takes a block without a tag only when none has the tag', () => {
    expect(lastFencedBlock('```\nplain\n```', 'python')).toBe('plain\n')
    expect(lastFencedBlock('```python\ntagged\n```\n```\noutput\n```', 'python')).toBe('tagged\n')
  })

  it('does not count a block that is cut off', () => {
    expect(lastFencedBlock('```js\nwhole\n```\n```js\ncut', 'javascript')).toBe('whole\n')
    expect(lastFencedBlock('```js\ncut', 'javascript')).toBeUndefined()
  })

  it('leaves the thinking part out', () => {
    expect(lastFencedBlock('<think>\n```js\ndraft\n```\n</think>\nno code', 'javascript')).toBeUndefined()
    expect(lastFencedBlock('```js\ndraft\n```\n</think>\n```js\nfinal\n```', 'javascript')).toBe('final\n')
    expect(lastFencedBlock('<think>\n```js\ndraft\n```\n', 'javascript')).toBeUndefined()
  })

  it('closes a block only with a fence of its kind that is long enough', () => {
    expect(lastFencedBlock('````js\nconst a = `\n```\n`\n````\n', 'javascript')).toBe('const a = `\n```\n`\n')
    expect(lastFencedBlock('~~~js\n```\n~~~\n', 'javascript')).toBe('```\n')
  })

  it('takes the indentation of a list off the lines of the block', () => {
    expect(lastFencedBlock('1. so\n   ```python\n   if a:\n       b\n   ```\n', 'python')).toBe('if a:\n    b\n')
  })

  it('reads a tag with attributes, and Windows line ends', () => {
    expect(lastFencedBlock('```js {1,2}\r\na\r\n```\r\n', 'javascript')).toBe('a\n')
  })

  it('takes time linear in the text', () => {
    expect(lastFencedBlock('```js\n'.repeat(200_000), 'javascript')).toBeUndefined()
    expect(lastFencedBlock('`'.repeat(1_000_000))).toBeUndefined()
    expect(lastFencedBlock(' '.repeat(1_000_000))).toBeUndefined()
  })
})
