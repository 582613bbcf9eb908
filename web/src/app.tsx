// Which page stands at which address. Every page is loaded when it is first opened; what it shows is in the address, so that
// a link says it all: `/run?run=NAME`, `/rollouts?run=NAME&step=40`.
import { lazy, Suspense } from 'preact/compat'
import { Route, Switch, useLocation } from 'wouter-preact'
import { Loading, Notice } from './components/notice.tsx'
import { PageBoundary } from './components/page-boundary.tsx'
import { Shell } from './components/shell.tsx'

const pages = {
  '/': lazy(() => import('./pages/run-list/index.tsx')),
  '/run': lazy(() => import('./pages/run/index.tsx')),
  '/rollouts': lazy(() => import('./pages/rollouts/index.tsx')),
  '/evaluations': lazy(() => import('./pages/evaluations/index.tsx')),
  '/playground': lazy(() => import('./pages/playground/index.tsx')),
  '/compare': lazy(() => import('./pages/compare/index.tsx')),
  '/lab': lazy(() => import('./pages/lab/index.tsx')),
  '/search': lazy(() => import('./pages/search/index.tsx')),
} as const

/** The whole application. */
export function App() {
  const [location] = useLocation()
  return (
    <Shell>
      <PageBoundary key={location}>
        <Suspense fallback={<Loading />}>
          <Switch>
            {Object.entries(pages).map(([path, Page]) => (
              <Route key={path} path={path} component={Page} />
            ))}
            <Route>
              <Notice title="There is no such page" isPage>
                <a href="/">All runs</a> are a good place to begin.
              </Notice>
            </Route>
          </Switch>
        </Suspense>
      </PageBoundary>
    </Shell>
  )
}
