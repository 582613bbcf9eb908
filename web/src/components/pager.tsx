// Pages of a long list, with where one is.

interface PagerProps {
  /** What is counted: `groups`. */
  readonly what: string
  /** From 1. */
  readonly page: number
  /** Things on a page. */
  readonly size: number
  readonly total: number
  readonly onPage: (page: number) => void
}

/** Previous, where, next; nothing where all is on one page. */
export function Pager({ what, page, size, total, onPage }: PagerProps) {
  const pages = Math.max(1, Math.ceil(total / size))
  if (pages === 1 && page === 1) return null
  const from = (page - 1) * size + 1
  const go = (next: number): void => {
    onPage(next)
    document.getElementById('main')?.scrollIntoView()
  }
  return (
    <nav class="rollouts-pager" aria-label={`Pages of ${what}`}>
      <button type="button" disabled={page <= 1} onClick={() => go(Math.min(page - 1, pages))}>
        Previous {size} {what}
      </button>
      <span class="muted">
        {from > total ? `there are only ${total}` : `${from} to ${Math.min(total, from + size - 1)} of ${total}`}
      </span>
      <button type="button" disabled={page >= pages} onClick={() => go(page + 1)}>
        Next {size} {what}
      </button>
    </nav>
  )
}
