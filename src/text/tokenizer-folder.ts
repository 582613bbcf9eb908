// Tokenizers on disk, as Hugging Face model folders hold them: tokenizer.json, tokenizer_config.json and, for models
// that chat, chat_template.jinja (or an entry of the config, as older folders have it; read, never written).
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { GradusError, messageOf } from '../base/error.ts'
import type { Tokenizer } from './tokenizer.ts'
import { tokenizerFromJson } from './tokenizer-from-json.ts'

const TEMPLATE_FILE = 'chat_template.jinja'

const configWithTemplate = z.looseObject({
  chat_template: z.union([z.string(), z.array(z.looseObject({ name: z.string(), template: z.string() }))]).nullish(),
})

/**
 * The tokenizer of a model folder.
 *
 * @throws `render/no-tokenizer` when a file is missing; `render/bad-tokenizer` when one cannot be understood.
 */
export async function readTokenizer(folder: string): Promise<Tokenizer> {
  const [json, rawConfig, templateFile] = await Promise.all([
    readJson(join(folder, 'tokenizer.json')),
    readJson(join(folder, 'tokenizer_config.json')),
    readIfThere(join(folder, TEMPLATE_FILE)),
  ])
  const parsed = configWithTemplate.safeParse(rawConfig)
  if (!parsed.success) throw badFile(join(folder, 'tokenizer_config.json'), z.prettifyError(parsed.error), parsed.error)
  const { chat_template: inConfig, ...config } = parsed.data
  const named = typeof inConfig === 'string' ? inConfig : inConfig?.find((entry) => entry.name === 'default')?.template
  return tokenizerFromJson(json, config, templateFile ?? named)
}

/** Writes a tokenizer's files into a folder, each one whole or not at all. */
export async function writeTokenizer(tokenizer: Tokenizer, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeWhole(join(folder, 'tokenizer.json'), `${JSON.stringify(tokenizer.json, null, 2)}\n`)
  await writeWhole(join(folder, 'tokenizer_config.json'), `${JSON.stringify(tokenizer.config, null, 2)}\n`)
  const template = join(folder, TEMPLATE_FILE)
  // A template left from another tokenizer would be taken for this one's.
  if (tokenizer.chatTemplate === undefined) await rm(template, { force: true })
  else await writeWhole(template, tokenizer.chatTemplate)
}

async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`
  await writeFile(temporary, text)
  await rename(temporary, path)
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw badFile(path, messageOf(cause), cause)
  }
}

async function readJson(path: string): Promise<unknown> {
  const text = await readIfThere(path)
  if (text === undefined) {
    throw new GradusError('render/no-tokenizer', `no file ${path}`, {
      hint: 'point at a folder with tokenizer.json and tokenizer_config.json, as Hugging Face models have them',
    })
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw badFile(path, messageOf(cause), cause)
  }
}

function badFile(path: string, problem: string, cause: unknown): GradusError {
  return new GradusError('render/bad-tokenizer', `${path}: ${problem}`, {
    hint: 'the file is damaged or of another format; download or save the model again',
    cause,
  })
}
