// Chat rendering by exact text, and what it says of templates that fail.
import { describe, expect, it } from 'vitest'
import type { Message } from '../contracts/index.ts'
import { CHATML_TEMPLATE, charTokenizer, compileChatTemplate, renderChat, renderPrompt } from './index.ts'

const messages: readonly Message[] = [
  { role: 'system', content: 'Be brief.\n' },
  { role: 'user', content: ' {{ 1 + 1 }} <b>?' },
]

describe('renderChat', () => {
  it('writes ChatML, taking the content of messages as it is', () => {
    const turns = '<|im_start|>system\nBe brief.\n<|im_end|>\n<|im_start|>user\n {{ 1 + 1 }} <b>?<|im_end|>\n'
    expect(renderChat(CHATML_TEMPLATE, messages)).toBe(turns)
    expect(renderChat(CHATML_TEMPLATE, messages, { addGenerationPrompt: true })).toBe(`${turns}<|im_start|>assistant\n`)
    expect(renderChat(CHATML_TEMPLATE, [])).toBe('')
  })

  it('gives templates the variables they know from transformers', () => {
    const template = '{{ bos_token }}{{ messages[0].content | trim }}{{ eos_token }}{{ think }}'
    expect(renderChat(template, messages, { bosToken: '<s>', eosToken: '</s>', extra: { think: 'no' } })).toBe(
      '<s>Be brief.</s>no',
    )
    expect(renderChat('{{ bos_token is defined }}{{ bos_token }}', messages)).toBe('false')
  })

  it('keeps the clock from templates unless it is given one', () => {
    const template = "{% if strftime_now is defined %}{{ strftime_now('%Y') }}{% else %}no date{% endif %}"
    expect(renderChat(template, messages)).toBe('no date')
    expect(renderChat(template, messages, { extra: { strftime_now: () => '1687' } })).toBe('1687')
  })

  it('keeps a newline at the start of a template', () => {
    expect(renderChat('\n  x', messages)).toBe('\n  x')
  })

  it('reports templates that do not parse', () => {
    const bad = expect.objectContaining({ code: 'render/bad-template', hint: expect.any(String) })
    expect(() => compileChatTemplate('{% for m in messages %}')).toThrow(bad)
    expect(() => renderChat('{{ messages', messages)).toThrow(bad)
  })

  it('passes on what a template complains of', () => {
    const template = "{{ raise_exception('roles must alternate') }}"
    expect(() => renderChat(template, messages)).toThrow(expect.objectContaining({ code: 'render/template-failed' }))
    expect(() => renderChat(template, messages)).toThrow(/roles must alternate/)
  })
})

describe('renderPrompt', () => {
  const template = '{{ bos_token }}{% for m in messages %}{{ m.role }}:{{ m.content }}{{ eos_token }}{% endfor %}'
  const tokenizer = charTokenizer('a', { chatTemplate: `${template}{% if add_generation_prompt %}>{% endif %}` })

  it('leaves a string as it is, after the beginning of sequence where the model expects one', () => {
    expect(renderPrompt(tokenizer, '1+1=')).toBe('1+1=')
    expect(renderPrompt({ ...tokenizer, prependsBos: true }, '1+1=')).toBe('<bos>1+1=')
  })

  it("renders messages through the tokenizer's template up to the assistant's turn", () => {
    const expected = '<bos>user:a<eos>>'
    expect(renderPrompt(tokenizer, [{ role: 'user', content: 'a' }])).toBe(expected)
    expect(renderPrompt(tokenizer, [{ role: 'user', content: 'a' }])).toBe(expected)
  })

  it('falls back to ChatML', () => {
    expect(renderPrompt(charTokenizer('a'), [{ role: 'user', content: 'a' }])).toBe(
      '<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\n',
    )
  })
})
