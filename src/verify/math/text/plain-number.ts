// A text that is nothing but a decimal number, perhaps with separators, a currency or a percent sign, as its value. For
// graders that compare numbers before anything else. Floating point: such graders are approximate anyway.

/** The value, or undefined when the text is more than a number. 50% is 0.5. */
export function plainNumber(text: string): number | undefined {
  const match =
    /^\\?[$€£]?([-+−]?)\\?[$€£]?(\d{1,3}(?:,\d{3})+|\d{1,300})?(\.\d{1,300})?(?:[eE]([-+]?\d{1,3}))?(\\?%)?$/.exec(
      text.replace(/\\[,!;: ]|[\s{}]/g, '').slice(0, 400),
    )
  if (match === null) return undefined
  const [, sign, whole = '', part = '', power = '0', percent] = match
  if (whole === '' && part === '') return undefined
  const value = Number(`${whole.replaceAll(',', '') || '0'}${part}e${power}`)
  if (!Number.isFinite(value)) return undefined
  return (sign === '-' || sign === '−' ? -value : value) / (percent ? 100 : 1)
}

/** Whether two plain numbers agree to a relative tolerance, perhaps a hundred times each other. */
export function numbersAgree(gold: number, prediction: number, tolerance: number, hundredfold: boolean): boolean {
  const wanted = hundredfold ? [gold, gold / 100, gold * 100] : [gold]
  return wanted.some(
    (value) => Math.abs(value - prediction) <= tolerance * Math.max(Math.abs(value), Math.abs(prediction)),
  )
}
