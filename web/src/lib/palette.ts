// The colours of the theme in use as a canvas needs them: read from the custom properties of styles/tokens.css, kept until
// the theme changes.

/** Colours that charts draw with. */
export interface Palette {
  readonly series: readonly string[]
  readonly text: string
  readonly muted: string
  readonly rule: string
  readonly ground: string
  readonly warn: string
  readonly accent: string
}

let palette: Palette | undefined

/** The palette now. */
export function currentPalette(): Palette {
  palette ??= readPalette()
  return palette
}

/** Calls `listener` when colours have changed: by the switch, or by the system. Gives back how to stop. */
export function onPaletteChange(listener: () => void): () => void {
  const changed = (): void => {
    palette = undefined
    listener()
  }
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  window.addEventListener('themechange', changed)
  system.addEventListener('change', changed)
  return () => {
    window.removeEventListener('themechange', changed)
    system.removeEventListener('change', changed)
  }
}

/** A colour as the browser gives it, `rgb(1, 2, 3)`, with less than its full weight. */
export const faded = (color: string, share: number): string => color.replace(/^rgb\(([^)]*)\)$/, `rgba($1, ${share})`)

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string): string => style.getPropertyValue(name).trim()
  return {
    series: [0, 1, 2, 3, 4, 5].map((i) => read(`--s${i}`)),
    text: read('--text'),
    muted: read('--muted'),
    rule: read('--rule'),
    ground: read('--ground'),
    warn: read('--warn'),
    accent: read('--accent'),
  }
}
