// Addresses of pages, with names of runs readable in them.
import type { Query } from './server.ts'
import { withParam } from './url-state.ts'

/** `/rollouts?run=a/b&step=40`; what is undefined is left out. */
export function pageOf(path: string, query: Query): string {
  let search = ''
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search = withParam(search, key, String(value))
  }
  return `${path}${search}`
}
