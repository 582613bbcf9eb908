// What stands in the place of a page that could not be shown: its code could not be loaded, or it broke. Where the server was
// away, the page is loaded again as soon as it is back; the address says all that was chosen.
import { Component, type ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import type { AboutAnswer } from '../../../src/serve/dashboard/api.ts'
import { apiPath } from '../lib/server.ts'
import { useServer } from '../lib/use-server.ts'
import { Failure, Loading, Notice } from './notice.tsx'

/** Shows its children until one of them fails. */
export class PageBoundary extends Component<{ children: ComponentChildren }, { problem?: string }> {
  static override getDerivedStateFromError(error: unknown) {
    return { problem: error instanceof Error ? error.message : String(error) }
  }

  override componentDidCatch(error: unknown): void {
    reportError(error)
  }

  override render() {
    const { problem } = this.state
    return problem === undefined ? this.props.children : <Broken problem={problem} />
  }
}

function Broken({ problem }: { problem: string }) {
  const { data, error, again } = useServer<AboutAnswer>(apiPath('about'), '')
  const wasAway = useRef(false)
  useEffect(() => {
    if (error !== undefined) wasAway.current = true
    else if (data !== undefined && wasAway.current) window.location.reload()
  }, [data, error])
  if (error !== undefined) return <Failure error={error} retry={again} isPage />
  if (data === undefined) return <Loading />
  return (
    <Notice title="This page could not be shown" kind="error" isPage>
      <p>{problem}</p>
      <button type="button" onClick={() => window.location.reload()}>
        Load it again
      </button>
    </Notice>
  )
}
