// Where one looks at a drawing from: a place and a magnification. Pure arithmetic; a point of the drawing appears at
// `point * scale + offset` on the screen.

/** What maps the drawing to the screen. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly scale: number
}

/** A width and a height. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** A point of the drawing or of the screen. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** Magnifications beyond these show nothing more. */
const LEAST = 0.004
const MOST = 3

/** All of a drawing in view, in the middle; small drawings are not blown up beyond `most`. */
export function fitAll(drawing: Size, view: Size, { margin = 32, most = 1.4 } = {}): Camera {
  const across = (view.width - 2 * margin) / Math.max(drawing.width, 1)
  const down = (view.height - 2 * margin) / Math.max(drawing.height, 1)
  const scale = clamp(Math.min(across, down, most), LEAST, MOST)
  return { x: (view.width - drawing.width * scale) / 2, y: (view.height - drawing.height * scale) / 2, scale }
}

/** Magnified `factor` times about a point of the screen, which stays where it is. */
export function zoomAt({ x, y, scale }: Camera, at: Point, factor: number): Camera {
  const next = clamp(scale * factor, LEAST, MOST)
  const by = next / scale
  return { x: at.x - (at.x - x) * by, y: at.y - (at.y - y) * by, scale: next }
}

/** Moved by pixels. */
export const panBy = ({ x, y, scale }: Camera, dx: number, dy: number): Camera => ({ x: x + dx, y: y + dy, scale })

/** Moved as little as it takes for a point of the drawing to be in view, `margin` from the edges. */
export function reveal(camera: Camera, point: Point, view: Size, margin = 60): Camera {
  const along = (place: number, size: number): number => {
    const room = Math.min(margin, size / 2)
    return clamp(place, room, size - room) - place
  }
  const x = point.x * camera.scale + camera.x
  const y = point.y * camera.scale + camera.y
  return panBy(camera, along(x, view.width), along(y, view.height))
}

/** With a point of the drawing in the middle. */
export const centre = ({ scale }: Camera, { x, y }: Point, { width, height }: Size): Camera => ({
  x: width / 2 - x * scale,
  y: height / 2 - y * scale,
  scale,
})

/** The point of the drawing that appears at a point of the screen. */
export const pointAt = ({ x, y, scale }: Camera, at: Point): Point => ({ x: (at.x - x) / scale, y: (at.y - y) / scale })

const clamp = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))
