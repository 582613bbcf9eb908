// Light, dark, or what the system says: kept in the browser, set as `data-theme` on the page's root.

/** A choice of colours. */
export type Theme = 'system' | 'light' | 'dark'

const order: readonly Theme[] = ['system', 'light', 'dark']
const KEY = 'gradus-theme'

/** The theme that was chosen last. */
export function storedTheme(): Theme {
  const stored = localStorage.getItem(KEY)
  return order.find((theme) => theme === stored) ?? 'system'
}

/** The theme after this one. */
export const nextTheme = (theme: Theme): Theme => order[(order.indexOf(theme) + 1) % order.length]

/** Shows the page in a theme and remembers it. Charts listen to `themechange`, since they draw with colours they have read. */
export function applyTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  window.dispatchEvent(new Event('themechange'))
}
