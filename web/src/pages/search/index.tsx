// Test-time searches: `/search?run=NAME&id=ID&t=120&node=7&colour=value&size=visits`. Without a run, an example that is
// searched for this page.
import { Link } from 'wouter-preact'
import type { RunAnswer, SearchAnswer } from '../../../../src/serve/dashboard/api.ts'
import { Failure, Loading, Notice } from '../../components/notice.tsx'
import { RunHeader } from '../../components/run-header.tsx'
import { pageOf } from '../../lib/links.ts'
import { usePageTitle } from '../../lib/page-title.ts'
import { apiPath } from '../../lib/server.ts'
import { useUrlState } from '../../lib/url-state.ts'
import { useServer } from '../../lib/use-server.ts'
import './search.css'
import { SearchView } from './search-view.tsx'

/** The page. */
export default function SearchPage() {
  const [run] = useUrlState<string>('run', '')
  return run === '' ? <ExamplePage /> : <RunSearches run={run} />
}

function ExamplePage() {
  usePageTitle('Search')
  return (
    <>
      <h1>Search</h1>
      <p class="search-intro">
        How a test-time search spends its tokens: which steps it tried, what it thought of them, and what it chose. This
        one is an example, searched for this page without any model. Searches of your own are listed with their{' '}
        <Link href="/">runs</Link>.
      </p>
      <Search id="example" />
    </>
  )
}

function RunSearches({ run }: { readonly run: string }) {
  const [id] = useUrlState<string>('id', '')
  const asked = useServer<RunAnswer>(apiPath('run', { run }), run)
  if (asked.data === undefined) {
    return (
      <>
        <h1>Search</h1>
        {asked.error ? <Failure error={asked.error} retry={asked.again} /> : <Loading what="Opening the run" />}
      </>
    )
  }
  const { searches } = asked.data
  const shown = id === '' ? searches[0] : id
  return (
    <>
      <RunHeader run={run} current="searches" answer={asked.data} />
      {searches.length > 1 && (
        <nav class="search-list" aria-label="Searches of this run">
          {searches.map((one) => (
            <Link
              key={one}
              href={pageOf('/search', { run, id: one })}
              aria-current={one === shown ? 'page' : undefined}
            >
              {one}
            </Link>
          ))}
        </nav>
      )}
      {shown === undefined ? (
        <Notice title="This run has no searches">
          <p>
            A search writes its tree to <code>search/ID.jsonl</code> in the run's directory.{' '}
            <Link href="/search">An example</Link> shows what becomes of it.
          </p>
        </Notice>
      ) : (
        <Search key={shown} run={run} id={shown} />
      )}
    </>
  )
}

function Search({ run, id }: { readonly run?: string; readonly id: string }) {
  const { data, error, again } = useServer<SearchAnswer>(apiPath('search', { run, id }), run)
  if (data !== undefined) return <SearchView search={data} />
  return error ? <Failure error={error} retry={again} /> : <Loading what="Reading the search" />
}
