// The title of the window, and of the entry in the history.
import { useEffect } from 'preact/hooks'

/** Names the page while it is shown. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title === '' ? 'Gradus' : `${title} · Gradus`
  }, [title])
}
