// LaTeX that was broken on its way: backslashes doubled by an escape, the last closing brace cut off. Only for texts that
// cannot be read as they are.

const doubled = /\\\\(?=[A-Za-z])/g

/** The text without doubled backslashes and with its last brace; undefined when neither is wrong or more is. */
export function mendLatex(text: string): string | undefined {
  const single = text.includes('\\\\') && !text.includes('\\begin') ? text.replace(doubled, '\\') : text
  const open = openBraces(single)
  if (open < 0 || open > 1) return undefined
  const whole = open === 1 ? `${single}}` : single
  return whole === text ? undefined : whole
}

/** How many braces are left open; -1 when one is closed that was not open. */
function openBraces(text: string): number {
  let open = 0
  for (let at = 0; at < text.length && open >= 0; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '{') open++
    else if (text[at] === '}') open--
  }
  return open
}
