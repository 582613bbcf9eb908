// Steps through a search in time: a slider, the event before and after, and play. Playing goes on by itself only when it is
// asked to, in few large steps for readers who want less motion.
import { useEffect, useState } from 'preact/hooks'

interface TimeBarProps {
  readonly time: number
  readonly end: number
  readonly onTime: (time: number) => void
  /** What the last event was, in words. */
  readonly said: string
}

/** Playing all takes about this many steps, whatever the number of events. */
const STEPS = { full: 160, reduced: 12 }
const PAUSE_MS = { full: 110, reduced: 1200 }

/** The bar. */
export function TimeBar({ time, end, onTime, said }: TimeBarProps) {
  const [isPlaying, setPlaying] = useState(false)
  useEffect(() => {
    if (!isPlaying) return
    if (time >= end) {
      setPlaying(false)
      return
    }
    const pace = window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'reduced' : 'full'
    const timer = setTimeout(
      () => onTime(Math.min(end, time + Math.max(1, Math.ceil(end / STEPS[pace])))),
      PAUSE_MS[pace],
    )
    return () => clearTimeout(timer)
  }, [isPlaying, time, end, onTime])
  const play = (): void => {
    if (!isPlaying && time >= end) onTime(0)
    setPlaying(!isPlaying)
  }
  const go = (to: number): void => {
    setPlaying(false)
    onTime(Math.max(0, Math.min(end, to)))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of controls without a form
    <div class="search-time" role="group" aria-label="Time in the search">
      <button type="button" class="search-play" onClick={play} aria-label={isPlaying ? 'Pause' : 'Play the search'}>
        <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
          <path d={isPlaying ? 'M2.5 1.5h2.5v9H2.5zM7 1.5h2.5v9H7z' : 'M2.5 1v10L11 6z'} fill="currentColor" />
        </svg>
      </button>
      <button type="button" onClick={() => go(time - 1)} disabled={time <= 0} aria-label="Previous event">
        ‹
      </button>
      <input
        type="range"
        min={0}
        max={end}
        value={time}
        aria-label="Events that have happened"
        aria-valuetext={`${time} of ${end}: ${said}`}
        onInput={(event) => go(Number(event.currentTarget.value))}
      />
      <button type="button" onClick={() => go(time + 1)} disabled={time >= end} aria-label="Next event">
        ›
      </button>
      <span class="search-time-text">
        {time} / {end}
      </span>
    </div>
  )
}
