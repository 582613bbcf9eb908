// One uPlot on the page: made for the shape of a plan, given new data while the shape lasts. Reports where the cursor is and
// which part of the axis was chosen; the component around it holds what is shown.
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { drawMarkers } from './chart-markers.ts'
import type { ChartPlan } from './chart-plan.ts'
import { plotOptions } from './plot-options.ts'
import type { PlotSettings, PlotState } from './plot-state.ts'

/** A chart on a canvas. */
export class ChartPlot {
  readonly u: uPlot
  readonly #state: PlotState
  readonly #settings: PlotSettings

  constructor(host: HTMLElement, settings: PlotSettings, state: PlotState) {
    this.#state = { ...state }
    this.#settings = settings
    const options = plotOptions(settings, this.#state, Math.max(host.clientWidth, 80))
    options.hooks = {
      drawAxes: [(u) => drawMarkers(u, this.#state.markers)],
      setCursor: [
        (u) => {
          const { idx, left } = u.cursor
          const isOn = typeof idx === 'number' && left !== undefined && left >= 0
          settings.onCursor(isOn ? { idx, left } : null)
        },
      ],
      setSelect: [
        (u) => {
          if (u.select.width < 4) return
          const ends = [u.select.left, u.select.left + u.select.width].map((left) => u.posToVal(left, 'x'))
          u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          settings.onZoom([ends[0], ends[1]])
        },
      ],
    }
    this.u = new uPlot(options, columns(state.plan), host)
    // Bands and lines of a curve that is hidden from the start.
    if (state.hidden.size > 0) this.#show()
  }

  /** New data of the same shape, another range, other markers, curves hidden or shown again. */
  update(state: PlotState): void {
    const isSameData = state.plan === this.#state.plan && state.range === this.#state.range
    const isSameShow = state.hidden === this.#state.hidden
    if (isSameData && isSameShow && state.markers === this.#state.markers) return
    Object.assign(this.#state, state)
    this.u.batch(() => {
      if (!isSameShow) this.#show()
      if (isSameData) this.u.redraw(false)
      else this.u.setData(columns(state.plan), true)
    })
  }

  /** Fits the width of what it stands in. */
  resize(width: number): void {
    if (width > 0 && width !== this.u.width) this.u.setSize({ width, height: this.#settings.height })
  }

  /** Draws again with the colours of now. */
  recolor(): void {
    this.u.redraw(false, true)
  }

  /** Puts the cursor on a point, `steps` further than now, or on one of the ends; here and in charts of the same group. */
  moveCursor(to: number | 'first' | 'last'): void {
    const { axis } = this.#state.plan
    const { min, max } = this.u.scales.x
    if (min === undefined || max === undefined || axis.length === 0) return
    const first = axis.findIndex((x) => x >= min)
    const last = axis.findLastIndex((x) => x <= max)
    if (first < 0 || last < first) return
    const from = this.u.cursor.idx ?? (typeof to === 'number' && to > 0 ? first - to : last + 1)
    const wanted = to === 'first' ? first : to === 'last' ? last : from + to
    const idx = Math.min(last, Math.max(first, wanted))
    this.#setCursor(this.u.valToPos(axis[idx], 'x'), axis[idx], idx)
  }

  /** Takes the cursor away. */
  leave(): void {
    this.#setCursor(-10, Number.NaN, null)
  }

  /** Shows `factor` of the part of the axis that is shown now, around the cursor. */
  zoomBy(factor: number): void {
    const { min, max } = this.u.scales.x
    if (min === undefined || max === undefined) return
    const idx = this.u.cursor.idx
    const middle = typeof idx === 'number' ? this.#state.plan.axis[idx] : (min + max) / 2
    const { axis } = this.#state.plan
    const low = Math.max(axis[0], middle - (middle - min) * factor)
    const high = Math.min(axis[axis.length - 1], middle + (max - middle) * factor)
    const isAll = low <= axis[0] && high >= axis[axis.length - 1]
    if (low < high) this.#settings.onZoom(isAll ? null : [low, high])
  }

  destroy(): void {
    this.u.destroy()
  }

  #setCursor(left: number, x: number, idx: number | null): void {
    const top = this.u.over.clientHeight / 2
    this.u.setCursor({ left, top: left < 0 ? -10 : top })
    const { syncKey } = this.#settings
    const values = this.u.cursor.sync?.values
    if (syncKey === undefined || values === undefined) return
    values[0] = x
    const { clientWidth, clientHeight } = this.u.over
    uPlot.sync(syncKey).pub('mousemove', this.u, left, top, clientWidth, clientHeight, idx ?? 0)
  }

  #show(): void {
    this.#state.plan.lines.forEach(({ source }, i) => {
      this.u.setSeries(i + 1, { show: !this.#state.hidden.has(source) })
    })
  }
}

const columns = (plan: ChartPlan): uPlot.AlignedData => [plan.axis, ...plan.lines.map((line) => line.values)]
