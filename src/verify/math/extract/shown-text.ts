// What of HTML in a completion is read: not its comments, and not the tags that only set a font. Other tags stay, since
// `10<sup>3</sup>` is not 103.

/** The text as it would be shown. */
export function shownText(text: string): string {
  return withoutTags(withoutComments(text))
}

/** Without what HTML does not show. */
function withoutComments(text: string): string {
  let out = ''
  let at = 0
  for (let open = text.indexOf('<!--'); open >= 0; open = text.indexOf('<!--', at)) {
    const close = text.indexOf('-->', open)
    if (close < 0) break
    out += text.slice(at, open)
    at = close + 3
  }
  return at === 0 ? text : out + text.slice(at)
}

/** Without tags that only set a font: `<b>42</b>`. */
function withoutTags(text: string): string {
  return text.includes('</')
    ? text.replace(/<\/?(?:b|i|em|strong|u|span|p|div|center|mark)(?:\s[^<>]{0,80})?>/gi, ' ')
    : text
}
