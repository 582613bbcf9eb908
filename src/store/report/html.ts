// Pieces of HTML that cannot be mixed up with text: whatever goes into the template is escaped unless it is a piece itself.

/** A piece of HTML that is safe to insert. */
export interface Html {
  readonly markup: string
}

/** What a template takes; undefined and false leave nothing. */
export type HtmlValue = Html | string | number | undefined | false | readonly HtmlValue[]

/** Builds a piece of HTML; strings are escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: parts.reduce((text, part, i) => text + render(values[i - 1]) + part) }
}

/** Markup of our own (the stylesheet) that is not to be escaped. Never for text from outside. */
export function trusted(markup: string): Html {
  return { markup }
}

function render(value: HtmlValue): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeText(String(value))
  return 'markup' in value ? value.markup : value.map(render).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign]).replace(/\p{Cc}/gu, pictureOf)
}

// Control characters, which HTML forbids and models do write, become their pictures (U+2400 and on).
function pictureOf(control: string): string {
  const code = control.charCodeAt(0)
  if (control === '\t' || control === '\n') return control
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '\u2421' : '\ufffd'
}
