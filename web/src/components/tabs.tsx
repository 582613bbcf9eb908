// Tabs that are links: which one is open is in the address, so that each can be linked, opened apart and gone back to.
import { useLayoutEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import '../styles/tabs.css'

/** One tab. */
export interface Tab {
  readonly key: string
  readonly label: string
  readonly href: string
  /** How many things are behind it. */
  readonly count?: number
}

/** A row of tabs; `label` names them for those who do not see them. */
export function Tabs({ label, tabs, current }: { label: string; tabs: readonly Tab[]; current: string }) {
  const row = useRef<HTMLElement>(null)
  // On a narrow screen the open tab may lie outside of the row.
  useLayoutEffect(() => {
    const open = row.current?.querySelector('[aria-current]')
    if (!(open instanceof HTMLElement) || row.current === null) return
    row.current.scrollLeft = open.offsetLeft + open.offsetWidth / 2 - row.current.clientWidth / 2
  }, [current])
  return (
    <nav ref={row} class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <Link key={tab.key} href={tab.href} aria-current={tab.key === current ? 'page' : undefined}>
          {tab.label}
          {tab.count !== undefined && <span class="tab-count">{tab.count}</span>}
        </Link>
      ))}
    </nav>
  )
}
