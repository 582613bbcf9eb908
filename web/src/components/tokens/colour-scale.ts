// Colours behind tokens. A scale has a fixed number of colours for each theme, made by straight lines in Oklab between a
// few corners; text on every one of them is the theme's own, so that only the ground changes. Sequential scales go from
// the page's ground in one hue, so that lightness alone tells the order; the diverging one goes from orange to blue, which
// the common kinds of colour blindness tell apart. Contrast is checked by the test.

/** One colour in both themes, `#rrggbb`. */
export interface ThemedColour {
  readonly light: string
  readonly dark: string
}

/** Colours in order, for values from one end of a range to the other. */
export interface ColourScale {
  readonly kind: 'sequential' | 'diverging'
  readonly colours: readonly ThemedColour[]
}

/** Colour of text on all scales, that of the pages; it is set together with the grounds, so that it fits them. */
export const TEXT: ThemedColour = { light: '#1d1c1a', dark: '#eceae6' }
const GROUND: ThemedColour = { light: '#fcfbf9', dark: '#151517' }

const ORANGE: ThemedColour = { light: '#e58a35', dark: '#8f4a08' }
const BLUE: ThemedColour = { light: '#6a9fea', dark: '#1e569c' }
const PURPLE: ThemedColour = { light: '#b58ae6', dark: '#6b3fa3' }

/** Nothing special to a strong blue. */
export const blueScale: ColourScale = sequential(BLUE)
/** Nothing special to a strong purple. */
export const purpleScale: ColourScale = sequential(PURPLE)
/** Orange below the middle, blue above it. */
export const divergingScale: ColourScale = {
  kind: 'diverging',
  colours: between([ORANGE, GROUND, BLUE], 17),
}

/** The colour of a value whose place in its range is `place`, 0 to 1; what lies outside gets the colour of the end. */
export function colourAt({ colours }: ColourScale, place: number): ThemedColour {
  const index = Math.round(Math.min(1, Math.max(0, place)) * (colours.length - 1))
  return colours[index]
}

/** As a value of CSS that follows the theme. */
export const cssColour = ({ light, dark }: ThemedColour): string => `light-dark(${light}, ${dark})`

/** Contrast of two colours after WCAG 2, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function sequential(end: ThemedColour): ColourScale {
  return { kind: 'sequential', colours: between([GROUND, end], 13) }
}

/** `count` colours on the lines through the corners, at equal distances. */
function between(corners: readonly ThemedColour[], count: number): readonly ThemedColour[] {
  return Array.from({ length: count }, (_, i) => {
    const place = (i / (count - 1)) * (corners.length - 1)
    const from = Math.min(Math.floor(place), corners.length - 2)
    const mix = (theme: keyof ThemedColour): string =>
      mixed(corners[from][theme], corners[from + 1][theme], place - from)
    return { light: mix('light'), dark: mix('dark') }
  })
}

type Triple = readonly [number, number, number]

function mixed(from: string, to: string, share: number): string {
  const a = toOklab(toLinear(from))
  const b = toOklab(toLinear(to))
  return toHex(fromOklab(a.map((value, i) => value + (b[i] - value) * share) as unknown as Triple))
}

function luminance(colour: string): number {
  const [r, g, b] = toLinear(colour)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** sRGB without its gamma, 0 to 1. */
function toLinear(colour: string): Triple {
  const part = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return [part(1), part(3), part(5)]
}

function toHex(linear: Triple): string {
  const part = (value: number): string => {
    const inside = Math.min(1, Math.max(0, value))
    const coded = inside <= 0.0031308 ? inside * 12.92 : 1.055 * inside ** (1 / 2.4) - 0.055
    return Math.round(coded * 255)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${linear.map(part).join('')}`
}

// Matrices of Ottosson, "A perceptual color space for image processing" (2020).
function toOklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}
