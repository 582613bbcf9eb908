// The sign of a run in every plot of a comparison: a colour and a shape, so that neither has to be told apart alone.

const shapes: readonly string[] = [
  'M6 1.5a4.5 4.5 0 1 0 .01 0z',
  'M1.8 1.8h8.4v8.4H1.8z',
  'M6 1 11 10.5H1z',
  'M6 .8 11.2 6 6 11.2.8 6z',
  'M1 1.5h10L6 11z',
  'M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2z',
]

/** The path of a run's shape in a box of 12, and its colour. */
export const signOf = (place: number): { readonly path: string; readonly color: string } => ({
  path: shapes[(place + Math.floor(place / shapes.length)) % shapes.length],
  color: `var(--s${place % 6})`,
})

/** A run's sign before its name. */
export function RunMark({ place }: { readonly place: number }) {
  const { path, color } = signOf(place)
  return (
    <svg class="run-mark" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
      <path d={path} style={{ fill: color }} />
    </svg>
  )
}
