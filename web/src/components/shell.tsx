// What stands around every page: the skip link, the navigation, the theme switch.
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { AboutAnswer } from '../../../src/serve/dashboard/api.ts'
import { apiPath } from '../lib/server.ts'
import { applyTheme, nextTheme, storedTheme } from '../lib/theme.ts'
import { useServer } from '../lib/use-server.ts'

const places = [
  { path: '/', label: 'Runs', also: ['/run', '/rollouts', '/evaluations'] },
  { path: '/compare', label: 'Compare', also: [] },
  { path: '/lab', label: 'Lab', also: [] },
  { path: '/search', label: 'Search', also: [] },
  { path: '/playground', label: 'Playground', also: [] },
] as const

/** The frame of a page. */
export function Shell({ children }: { children: ComponentChildren }) {
  const [location] = useLocation()
  const about = useServer<AboutAnswer>(apiPath('about'))
  const [theme, setTheme] = useState(storedTheme())
  const main = useFocusOnNewPage(location)
  const isHere = (place: (typeof places)[number]): boolean =>
    [place.path, ...place.also].some((path) => path === location)
  return (
    <>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <header class="bar">
        <Link class="brand" href="/">
          Gradus
        </Link>
        <nav aria-label="Pages">
          {places.map((place) => (
            <Link key={place.path} href={place.path} aria-current={isHere(place) ? 'page' : undefined}>
              {place.label}
            </Link>
          ))}
          {/* A page of its own, not one of this application. */}
          {about.data?.hasDemo && <a href="/demo/">Demo</a>}
        </nav>
        <button
          type="button"
          class="quiet"
          aria-label={`Theme: ${theme}. Change it`}
          onClick={() => {
            const next = nextTheme(theme)
            applyTheme(next)
            setTheme(next)
          }}
        >
          {theme === 'system' ? 'Theme' : theme}
        </button>
      </header>
      <main id="main" tabIndex={-1} ref={main}>
        {children}
      </main>
    </>
  )
}

// A link that was followed goes away with its page, and the focus with it: it goes on at the top of the new page.
function useFocusOnNewPage(location: string) {
  const main = useRef<HTMLElement>(null)
  const last = useRef(location)
  useEffect(() => {
    if (last.current === location) return
    last.current = location
    if (document.activeElement === document.body) main.current?.focus({ preventScroll: true })
  }, [location])
  return main
}
