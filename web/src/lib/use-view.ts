// Whether an element is near the part of the page that is seen, and whether it ever was: what was made for it once stays, so
// that the page does not jump, and what costs something is done only while it is near.
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** Near: within `marginPx` of the screen. */
export function useView(
  element: RefObject<Element>,
  marginPx = 300,
): { readonly isInView: boolean; readonly wasSeen: boolean } {
  const [view, setView] = useState({ isInView: false, wasSeen: false })
  useEffect(() => {
    const found = element.current
    if (found === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        const { isIntersecting } = entries[entries.length - 1]
        setView((old) =>
          old.isInView === isIntersecting ? old : { isInView: isIntersecting, wasSeen: old.wasSeen || isIntersecting },
        )
      },
      { rootMargin: `${marginPx}px` },
    )
    observer.observe(found)
    return () => observer.disconnect()
  }, [element, marginPx])
  return view
}
