// Messages to text through a model's Jinja chat template, with the variables that transformers gives it.
// Knows no tokens: the rendered text is encoded by whoever asked. The clock is withheld, so equal messages render
// equally on every day; pass `strftime_now` in `extra` to let a template write the date.
import { Template } from '@huggingface/jinja'
import { GradusError, messageOf } from '../base/error.ts'
import type { Message } from '../contracts/index.ts'
import type { Tokenizer } from './tokenizer.ts'

/** The ChatML format, for models that bring no template: turns between `<|im_start|>role` and `<|im_end|>`. */
export const CHATML_TEMPLATE = `{% for message in messages -%}
{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}
{%- endfor -%}
{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`

/** Variables of a template. */
export interface ChatOptions {
  /** End with the opening of the assistant's turn; default false. */
  readonly addGenerationPrompt?: boolean
  readonly bosToken?: string
  readonly eosToken?: string
  /** Further variables, such as `tools` or `enable_thinking`. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/**
 * A renderer for one template, parsed once.
 *
 * @throws `render/bad-template` when it does not parse; the renderer throws `render/template-failed`.
 */
export function compileChatTemplate(template: string): (messages: readonly Message[], options?: ChatOptions) => string {
  const parsed = parse(template)
  return (messages, { addGenerationPrompt = false, bosToken, eosToken, extra = {} } = {}) => {
    const { strftime_now: clock, ...variables } = extra
    try {
      return parsed.render({
        clock,
        bos_token: bosToken,
        eos_token: eosToken,
        messages,
        add_generation_prompt: addGenerationPrompt,
        ...variables,
      })
    } catch (cause) {
      throw new GradusError('render/template-failed', `the chat template failed: ${messageOf(cause)}`, {
        hint: 'templates refuse some orders of roles; check the messages, or give the model another chat_template.jinja',
        cause,
      })
    }
  }
}

// The library always defines `strftime_now` and lets no variable replace it, but a template may. The empty expression
// keeps a newline at the template's start, which would be dropped right after a statement.
const WITHHOLD_CLOCK = `{% set strftime_now = clock %}{{ '' }}`

function parse(template: string): Template {
  try {
    return new Template(WITHHOLD_CLOCK + template)
  } catch (cause) {
    throw new GradusError('render/bad-template', `the chat template does not parse: ${messageOf(cause)}`, {
      hint: 'check chat_template.jinja; a few Jinja features are not in @huggingface/jinja',
      cause,
    })
  }
}

/**
 * Renders messages once.
 *
 * @throws `render/bad-template`, `render/template-failed`
 * @example
 * renderChat(CHATML_TEMPLATE, [{ role: 'user', content: '1+1?' }], { addGenerationPrompt: true })
 */
export function renderChat(template: string, messages: readonly Message[], options?: ChatOptions): string {
  return compileChatTemplate(template)(messages, options)
}

const compiled = new WeakMap<Tokenizer, ReturnType<typeof compileChatTemplate>>()

/**
 * The text of a prompt, ready to encode: messages through the tokenizer's template (ChatML if it has none) up to the
 * assistant's turn; a string as it is, after the beginning-of-sequence token where the model expects one.
 *
 * @throws `render/bad-template`, `render/template-failed`
 */
export function renderPrompt(tokenizer: Tokenizer, prompt: string | readonly Message[]): string {
  const bosToken = tokenizer.bos === undefined ? undefined : tokenizer.token(tokenizer.bos)
  if (typeof prompt === 'string') return tokenizer.prependsBos ? `${bosToken}${prompt}` : prompt
  let render = compiled.get(tokenizer)
  if (render === undefined) {
    render = compileChatTemplate(tokenizer.chatTemplate ?? CHATML_TEMPLATE)
    compiled.set(tokenizer, render)
  }
  return render(prompt, { addGenerationPrompt: true, bosToken, eosToken: tokenizer.token(tokenizer.eos) })
}
