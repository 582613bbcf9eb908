// Moments drawn across a chart: alerts as a line with a triangle, checkpoints and evaluations as small signs on the x axis.
import type uPlot from 'uplot'
import { currentPalette, faded } from './palette.ts'

/** A moment on the x axis. */
export interface ChartMarker {
  readonly x: number
  readonly label: string
  readonly kind: 'alert' | 'checkpoint' | 'eval'
}

/** Draws them; to be called once axes are drawn, so that curves lie above. */
export function drawMarkers(u: uPlot, markers: readonly ChartMarker[]): void {
  const { ctx, bbox } = u
  const scale = window.devicePixelRatio || 1
  const { warn, muted } = currentPalette()
  ctx.save()
  ctx.lineWidth = scale
  for (const { x, kind } of markers) {
    const at = u.valToPos(x, 'x', true)
    if (!(at >= bbox.left && at <= bbox.left + bbox.width)) continue
    const bottom = bbox.top + bbox.height
    if (kind === 'alert') {
      ctx.strokeStyle = faded(warn, 0.6)
      ctx.setLineDash([3 * scale, 3 * scale])
      polygon(ctx, [at, bbox.top, at, bottom])
      ctx.stroke()
      ctx.setLineDash([])
      ctx.fillStyle = warn
      polygon(ctx, [at - 5 * scale, bbox.top, at + 5 * scale, bbox.top, at, bbox.top + 8 * scale])
      ctx.fill()
    } else {
      ctx.strokeStyle = muted
      ctx.fillStyle = muted
      const size = 3 * scale
      if (kind === 'checkpoint') polygon(ctx, [at, bottom, at, bottom - 2 * size])
      else polygon(ctx, [at - size, bottom - size, at, bottom - 2 * size, at + size, bottom - size, at, bottom])
      if (kind === 'checkpoint') ctx.stroke()
      else ctx.fill()
    }
  }
  ctx.restore()
}

/** Those within a few pixels of the cursor. */
export function markersNear(u: uPlot, markers: readonly ChartMarker[], left: number): readonly ChartMarker[] {
  return markers.filter(({ x }) => Math.abs(u.valToPos(x, 'x') - left) < 6)
}

function polygon(ctx: CanvasRenderingContext2D, points: readonly number[]): void {
  ctx.beginPath()
  for (let i = 0; i < points.length; i += 2) ctx.lineTo(points[i], points[i + 1])
}
