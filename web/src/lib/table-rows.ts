// The rows of a table in the order they are shown: sorted by a column, under headings where they are grouped, and which of
// them a window over a long list must draw.

/** What a column is sorted by: numbers by size, texts as people sort them, null last in both directions. */
export type SortValue = number | string | null

/** A line of a table. */
export type TableLine<Row> =
  | { readonly kind: 'row'; readonly row: Row }
  | { readonly kind: 'group'; readonly label: string; readonly count: number }

/** Which column, and which way. */
export interface TableSort {
  readonly column: string
  readonly isDescending: boolean
}

const texts = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Sorted, equal ones in the order they came. */
export function sortRows<Row>(
  rows: readonly Row[],
  sortValue: (row: Row) => SortValue,
  isDescending: boolean,
): readonly Row[] {
  const sign = isDescending ? -1 : 1
  return rows
    .map((row) => ({ row, value: sortValue(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null)
      return sign * compareValues(a.value, b.value)
    })
    .map(({ row }) => row)
}

/** Rows under the headings of their groups; groups in the order of their first row. */
export function groupRows<Row>(rows: readonly Row[], groupOf?: (row: Row) => string): readonly TableLine<Row>[] {
  if (groupOf === undefined) return rows.map((row) => ({ kind: 'row', row }))
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const label = groupOf(row)
    const group = groups.get(label)
    if (group === undefined) groups.set(label, [row])
    else group.push(row)
  }
  return [...groups].flatMap(([label, members]): TableLine<Row>[] => [
    { kind: 'group', label, count: members.length },
    ...members.map((row): TableLine<Row> => ({ kind: 'row', row })),
  ])
}

/** The lines `from` to `to` (not included) of a list that is scrolled by `top` pixels, with some more on both sides. */
export function windowOf(
  count: number,
  { top, height, lineHeight }: { top: number; height: number; lineHeight: number },
  spare = 12,
): { readonly from: number; readonly to: number } {
  const first = Math.floor(top / lineHeight)
  const from = Math.max(0, Math.min(count, first) - spare)
  return { from, to: Math.min(count, first + Math.ceil(height / lineHeight) + spare) }
}

function compareValues(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return texts.compare(String(a), String(b))
}
