// Pointers on a drawing as movements of the camera: one drags, two pinch, and one that hardly moved has tapped.
import { useRef } from 'preact/hooks'
import { type Camera, type Point, panBy, zoomAt } from './camera.ts'

/** What movements mean. */
interface Gestures {
  readonly onMove: (camera: Camera) => void
  readonly onTap: (at: Point) => void
}

/** Handlers for the element that is drawn on. */
export function useGestures(
  host: { readonly current: HTMLDivElement | null },
  latest: { readonly current: { readonly camera: Camera } },
  { onMove, onTap }: Gestures,
) {
  const held = useRef(new Map<number, Point>())
  const travelled = useRef(0)
  const at = (event: PointerEvent): Point => {
    const box = host.current?.getBoundingClientRect()
    return { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
  }
  return {
    onPointerDown: (event: PointerEvent): void => {
      if (event.button !== 0) return
      if (held.current.size === 0) travelled.current = 0
      held.current.set(event.pointerId, at(event))
      host.current?.setPointerCapture(event.pointerId)
    },
    onPointerMove: (event: PointerEvent): void => {
      const before = held.current.get(event.pointerId)
      if (before === undefined) return
      const here = at(event)
      const [dx, dy] = [here.x - before.x, here.y - before.y]
      travelled.current += Math.hypot(dx, dy)
      held.current.set(event.pointerId, here)
      if (travelled.current < 5) return
      const other = [...held.current].find(([id]) => id !== event.pointerId)?.[1]
      if (other === undefined) {
        onMove(panBy(latest.current.camera, dx, dy))
        return
      }
      const spread =
        Math.hypot(here.x - other.x, here.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y))
      const middle = { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 }
      onMove(panBy(zoomAt(latest.current.camera, middle, spread), dx / 2, dy / 2))
    },
    onPointerUp: (event: PointerEvent): void => {
      if (!held.current.delete(event.pointerId)) return
      if (held.current.size === 0 && travelled.current < 5) onTap(at(event))
    },
    onPointerCancel: (event: PointerEvent): void => {
      held.current.delete(event.pointerId)
    },
  }
}
