// Tokenizers written to and read from temporary folders, damaged ones included.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { charTokenizer, readTokenizer, tokenizerConfig, tokenizerFromJson, trainBpe, writeTokenizer } from './index.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gradus-text-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true })
})

const bpe = tokenizerFromJson(trainBpe(['the cat the mat'], { vocabSize: 270 }), tokenizerConfig(), '{{ messages }}\n')
const fails = (slug: string) => expect.objectContaining({ code: `render/${slug}`, hint: expect.any(String) })

describe('writeTokenizer and readTokenizer', () => {
  it('give back the same tokenizer', async () => {
    for (const tokenizer of [bpe, charTokenizer('0123=\n🙂')]) {
      await writeTokenizer(tokenizer, folder)
      const back = await readTokenizer(folder)
      expect(back.json).toEqual(tokenizer.json)
      expect(back.config).toEqual(tokenizer.config)
      expect(back.chatTemplate).toBe(tokenizer.chatTemplate)
      expect([back.size, back.pad, back.eos, back.bos]).toEqual([tokenizer.size, 0, 1, 2])
      expect(back.encode('3=1\n')).toEqual(tokenizer.encode('3=1\n'))
    }
  })

  it('leave the files of a Hugging Face folder and no others', async () => {
    await writeTokenizer(bpe, join(folder, 'deep', 'model'))
    const files = await readdir(join(folder, 'deep', 'model'))
    expect(files.sort()).toEqual(['chat_template.jinja', 'tokenizer.json', 'tokenizer_config.json'])
    const config = JSON.parse(await readFile(join(folder, 'deep', 'model', 'tokenizer_config.json'), 'utf8'))
    expect(config).toMatchObject({
      tokenizer_class: 'PreTrainedTokenizerFast',
      eos_token: '<eos>',
      model_max_length: 1e30,
    })
  })

  it('remove a template that belonged to another tokenizer', async () => {
    await writeTokenizer(bpe, folder)
    await writeTokenizer(charTokenizer('a'), folder)
    expect((await readTokenizer(folder)).chatTemplate).toBeUndefined()
  })

  it('write a template only once, where it was read from the config', async () => {
    await writeTokenizer(charTokenizer('a'), folder)
    const path = join(folder, 'tokenizer_config.json')
    const config = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...config, chat_template: 'one' }))
    expect((await readTokenizer(folder)).chatTemplate).toBe('one')
    const named = [
      { name: 'tool_use', template: 'tools' },
      { name: 'default', template: 'two' },
    ]
    await writeFile(path, JSON.stringify({ ...config, chat_template: named }))
    const tokenizer = await readTokenizer(folder)
    expect(tokenizer.chatTemplate).toBe('two')
    await writeTokenizer(tokenizer, folder)
    expect(await readFile(path, 'utf8')).not.toContain('chat_template')
    expect(await readFile(join(folder, 'chat_template.jinja'), 'utf8')).toBe('two')
  })

  it('prefer chat_template.jinja to the config', async () => {
    await writeTokenizer(bpe, folder)
    const path = join(folder, 'tokenizer_config.json')
    await writeFile(path, JSON.stringify({ ...bpe.config, chat_template: 'old' }))
    expect((await readTokenizer(folder)).chatTemplate).toBe('{{ messages }}\n')
  })

  it('say which file is missing or damaged', async () => {
    await expect(readTokenizer(folder)).rejects.toThrow(fails('no-tokenizer'))
    await writeTokenizer(bpe, folder)
    await writeFile(join(folder, 'tokenizer.json'), '{"model":')
    await expect(readTokenizer(folder)).rejects.toThrow(fails('bad-tokenizer'))
    await expect(readTokenizer(folder)).rejects.toThrow(/tokenizer\.json/)
    await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(bpe.json))
    await writeFile(join(folder, 'tokenizer_config.json'), '[]')
    await expect(readTokenizer(folder)).rejects.toThrow(fails('bad-tokenizer'))
  })
})
