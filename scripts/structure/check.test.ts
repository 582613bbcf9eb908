// The structure rules on small trees made by hand, each broken in exactly one way.
import { describe, expect, it } from 'vitest'
import { checkStructure } from './check.ts'
import { arrows, type Layer, rankOf, ranks, typesOnly } from './layers.ts'

/** A sound tree of two layers; a test changes one file of it. */
const sound: Readonly<Record<string, string>> = {
  'src/base/README.md': 'Base.',
  'src/base/error.ts': '// The error class.\nexport const fail = 1\n',
  'src/tensor/README.md': 'Tensor.',
  'src/tensor/index.ts': "// Tensors.\nexport { add } from './add.ts'\n",
  'src/tensor/add.ts': "// Sums.\nimport { fail } from '../base/error.ts'\nexport const add = fail\n",
}

/** The findings after `changes`, as `file:line rule level`, with the messages joined for a look inside. */
function check(changes: Readonly<Record<string, string>>) {
  const found = checkStructure(new Map(Object.entries({ ...sound, ...changes })))
  return {
    places: found.map((f) => `${f.file}:${f.line} ${f.rule} ${f.level}`),
    text: found.map((f) => f.message).join('\n'),
  }
}

const layer = (name: Layer) => ({ [`src/${name}/README.md`]: name, [`src/${name}/index.ts`]: `// ${name}.\n` })

describe('a sound tree', () => {
  it('has no findings', () => {
    expect(check({}).places).toEqual([])
  })
})

describe('the layer table', () => {
  it('has only arrows that point to a lower rank', () => {
    for (const from of ranks.flat()) {
      for (const to of arrows[from]) expect([from, to, rankOf(to)! < rankOf(from)!]).toEqual([from, to, true])
    }
  })

  it('restricts only arrows that exist', () => {
    for (const [from, targets] of Object.entries(typesOnly)) {
      for (const to of targets) expect(arrows[from as Layer]).toContain(to)
    }
  })
})

describe('the layer rule', () => {
  it('rejects an arrow that points up and names the line', () => {
    const { places, text } = check({
      'src/base/error.ts': "// Errors.\n\nimport { add } from '../tensor/index.ts'\nexport const x = add\n",
      'src/tensor/add.ts': '// Sums.\nexport const add = 1\n',
    })
    expect(places).toEqual(['src/base/error.ts:3 layer error'])
    expect(text).toContain("'base' may not import 'tensor' (it may import: nothing)")
  })

  it('rejects siblings, re-exports, dynamic imports and import types alike', () => {
    const { places } = check({
      ...layer('verify'),
      ...layer('text'),
      'src/text/a.ts': [
        '// A.',
        "export { b } from '../verify/index.ts'",
        "export const load = () => import('../verify/index.ts')",
        "export type T = import('../verify/index.ts').T",
        "import type { U } from '../verify/index.ts'",
      ].join('\n'),
    })
    expect(places).toEqual([2, 3, 4, 5].map((line) => `src/text/a.ts:${line} layer error`))
  })

  it('lets contracts import types of tensor but nothing that runs', () => {
    const contracts = { 'src/contracts/README.md': 'Contracts.' }
    const type = "// Loss.\nimport type { add } from '../tensor/index.ts'\n"
    expect(check({ ...contracts, 'src/contracts/loss.ts': type }).places).toEqual([])
    const value = check({ ...contracts, 'src/contracts/loss.ts': type.replace('import type', 'import') })
    expect(value.places).toEqual(['src/contracts/loss.ts:2 layer error'])
    expect(value.text).toContain("write 'import type'")
  })

  it('lets a test import any lower layer, but none above', () => {
    const text = "// A test.\nimport { add } from '../tensor/index.ts'\n"
    expect(check({ ...layer('verify'), 'src/verify/a.test.ts': text }).places).toEqual([])
    expect(check({ 'src/base/a.test.ts': text }).places).toEqual(['src/base/a.test.ts:2 layer error'])
  })

  it('keeps src/ from importing what is not shipped', () => {
    const { places } = check({ 'src/tensor/add.ts': "// Sums.\nexport { add } from '../../scripts/add.ts'\n" })
    expect(places).toEqual(['src/tensor/add.ts:2 layer error'])
  })

  it('asks for a rank when a folder is no layer', () => {
    const { places, text } = check({ 'src/misc/README.md': 'Misc.', 'src/misc/index.ts': '// Misc.\n' })
    expect(places).toEqual(['src/misc:1 folder error'])
    expect(text).toContain('layers.ts')
  })
})

describe('the cycle rule', () => {
  it('lists the files of a cycle, type imports included', () => {
    const { places, text } = check({
      'src/tensor/add.ts': "// A.\nimport type { B } from './b.ts'\nexport const add = 1\n",
      'src/tensor/b.ts': "// B.\nexport * from './c.ts'\n",
      'src/tensor/c.ts': "// C.\nexport const c = () => import('./add.ts')\n",
    })
    expect(places).toEqual(['src/tensor/add.ts:1 cycle error'])
    expect(text).toContain('src/tensor/add.ts -> src/tensor/b.ts -> src/tensor/c.ts -> src/tensor/add.ts')
  })

  it('accepts a diamond', () => {
    const { places } = check({
      'src/tensor/add.ts': "// A.\nimport './b.ts'\nimport './c.ts'\nexport const add = 1\n",
      'src/tensor/b.ts': "// B.\nimport './d.ts'\n",
      'src/tensor/c.ts': "// C.\nimport './d.ts'\n",
      'src/tensor/d.ts': '// D.\n',
    })
    expect(places).toEqual([])
  })
})

describe('the length rule', () => {
  const lines = (count: number, header = '// Sums.') => `${header}\n${'export {}\n'.repeat(count - 1)}`

  it.each([
    [250, []],
    [251, ['src/tensor/long.ts:251 length note']],
    [500, ['src/tensor/long.ts:500 length note']],
    [501, ['src/tensor/long.ts:501 length error']],
  ])('looks at a file of %i lines', (count, expected) => {
    expect(check({ 'src/tensor/long.ts': lines(count) }).places).toEqual(expected)
  })

  it('accepts a reason in the header', () => {
    expect(check({ 'src/tensor/long.ts': lines(600, '// Sums. Long because it is one table.') }).places).toEqual([])
  })

  it('does not take a reason from below the header', () => {
    const text = lines(600).replace('export {}\n', 'export {}\n// Long because of this.\n')
    expect(check({ 'src/tensor/long.ts': text }).places).toEqual(['src/tensor/long.ts:601 length error'])
  })
})

describe('the header rule', () => {
  it.each(['// Sums.\n', '/* Sums. */\n', '/**\n * Sums.\n */\n', '#!/usr/bin/env node\n// Sums.\n'])(
    'accepts %j',
    (head) => {
      expect(check({ 'scripts/a.ts': `${head}export {}\n` }).places).toEqual([])
    },
  )

  it('wants one before the first statement', () => {
    expect(check({ 'scripts/a.ts': "import 'node:fs'\n// Late.\n" }).places).toEqual(['scripts/a.ts:1 header error'])
  })

  it('lets tests off', () => {
    expect(check({ 'scripts/a.test.ts': "import 'node:fs'\n" }).places).toEqual([])
  })
})

describe('the folder rule', () => {
  it('wants README.md and index.ts in a layer', () => {
    const { places } = check({ 'src/text/char.ts': '// Characters.\n' })
    expect(places).toEqual(['src/text:1 folder error', 'src/text:1 folder error'])
  })

  it('wants no index.ts in base', () => {
    expect(Object.keys(sound)).not.toContain('src/base/index.ts')
    expect(check({}).places).toEqual([])
  })
})

describe('the forbidden words', () => {
  const body = [
    '// Sums.',
    'export const a = Math.random()',
    'export const b = Date.now',
    'console.log(a)',
    'export const c = b as any',
  ].join('\n')

  it('are found in a library, called or not', () => {
    expect(check({ 'src/tensor/a.ts': body }).places).toEqual(
      [2, 3, 4, 5].map((n) => `src/tensor/a.ts:${n} forbidden error`),
    )
  })

  it.each(['src/tensor/a.test.ts', 'scripts/a.ts', 'bench/a.ts', 'test/e2e/a.ts'])(
    'leave only `as any` in %s',
    (file) => {
      expect(check({ [file]: body }).places).toEqual([`${file}:5 forbidden error`])
    },
  )

  it('are data inside strings and prose in comments', () => {
    const text =
      '// Never Math.random() here, and not such as any.\nexport const a = "console.log(1) as any" + `Date.now()`\n'
    expect(check({ 'src/tensor/a.ts': text }).places).toEqual([])
  })

  it('include marks in comments, but not in strings, templates and patterns', () => {
    const mark = ['TO', 'DO'].join('')
    const text = [
      '// Sums.',
      `export const a = '// ${mark}' + \`// ${mark} \${1} // ${mark}\` + String(/\\/\\/ ${mark}/)`,
      `export const b = 1 // ${mark}: later`,
      `/* @ts-${'ignore'} */`,
    ].join('\n')
    expect(check({ 'src/tensor/a.ts': text }).places).toEqual([3, 4].map((n) => `src/tensor/a.ts:${n} forbidden error`))
  })
})

describe('private names', () => {
  const folder = ['', 'work', 'x'].join('/')
  const host = ['registry', 'npmjs', 'org'].join('.')

  it('are found in any text file, with the line', () => {
    const { places, text } = check({
      'docs/a.md': `one\nsee ${folder}/y`,
      'package-lock.json': `\n\n"https://${host}/z"`,
    })
    expect(places).toEqual(['docs/a.md:2 private-name error', 'package-lock.json:3 private-name error'])
    expect(text).toContain('relative to the repository')
  })

  it('are not found inside longer names', () => {
    expect(check({ 'docs/a.md': `src${folder} ..${folder} my-${host}` }).places).toEqual([])
  })
})
