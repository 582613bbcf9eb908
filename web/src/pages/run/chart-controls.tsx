// What all charts of a run share: the axis, smoothing, scale, other seeds, other runs, and which metrics.
import { Choice } from '../../components/choice.tsx'
import { SearchBox } from '../../components/search-box.tsx'
import { OverlayPicker } from './overlay-picker.tsx'
import { axes, type ViewOptions } from './view-options.ts'

/** The row above the charts. */
export function ChartControls({
  run,
  view,
  siblings,
  errorOf,
}: {
  run: string
  view: ViewOptions
  siblings: number
  /** Why a run that was laid over cannot be shown. */
  errorOf: (run: string) => string | undefined
}) {
  return (
    <div class="controls chart-controls">
      <SearchBox
        label="Metrics"
        value={view.filter}
        onChange={view.setFilter}
        placeholder="policy, length …"
        hasShortcut
      />
      <Choice label="Over" value={view.axis.value} onChange={view.setAxis} options={axes} />
      <label class="choice">
        <span class="choice-label">
          Smoothing <output>{view.smoothing === 0 ? 'none' : view.smoothing.toFixed(2)}</output>
        </span>
        <input
          type="range"
          min="0"
          max="0.99"
          step="0.01"
          value={view.smoothing}
          onInput={(event) => view.setSmoothing(event.currentTarget.valueAsNumber)}
        />
      </label>
      <label class="check">
        <input type="checkbox" checked={view.isLog} onChange={(event) => view.setIsLog(event.currentTarget.checked)} />
        Log scale
      </label>
      <label
        class="check"
        title={siblings === 0 ? 'No other run has the same recipe, task and configuration' : undefined}
      >
        <input
          type="checkbox"
          checked={view.hasSeeds && siblings > 0}
          disabled={siblings === 0}
          onChange={(event) => view.setHasSeeds(event.currentTarget.checked)}
        />
        Other seeds <span class="muted">{siblings}</span>
      </label>
      <button type="button" class="zoom-out" disabled={view.range === null} onClick={() => view.setRange(null)}>
        Zoom out
      </button>
      <OverlayPicker run={run} others={view.others} errorOf={errorOf} onChange={view.setOthers} />
    </div>
  )
}
