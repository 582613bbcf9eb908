// A table that can be sorted by its headers, with headings between groups of rows, and drawn in windows where it is long:
// then all lines have one height and the table scrolls inside of itself, its head in view. Rows are given; nothing is asked.
import type { ComponentChildren } from 'preact'
import { memo } from 'preact/compat'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import '../styles/data-table.css'
import { groupRows, type SortValue, sortRows, type TableLine, type TableSort, windowOf } from '../lib/table-rows.ts'

export type { SortValue, TableSort } from '../lib/table-rows.ts'

/** A column of a table. */
export interface TableColumn<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => ComponentChildren
  /** What to sort by; a column without is not sorted by. */
  readonly sort?: (row: Row) => SortValue
  /** Sorted from the greatest at the first click. */
  readonly isBestHigh?: boolean
  readonly isNumber?: boolean
  /** This column names its row: its cells are headers, and stay in view when the table is scrolled sideways. */
  readonly isHeader?: boolean
  /** The title is read aloud only. */
  readonly isTitleHidden?: boolean
  /** A CSS length; columns without share what is left. */
  readonly width?: string
}

/** What a table shows. */
export interface DataTableProps<Row> {
  /** What the table is of; read aloud, not shown. */
  readonly caption: string
  readonly columns: readonly TableColumn<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** Kept by the page, or, without `onSort`, only how it begins. Null: the order of `rows`. */
  readonly sort?: TableSort | null
  readonly onSort?: (sort: TableSort | null) => void
  /** Rows with the same text stand together under it. */
  readonly groupOf?: (row: Row) => string
  /** Every row is one line of the same height, and columns keep their widths, however few rows there are. */
  readonly isOneLine?: boolean
  /** Pixels of every line of a long table, or of one with `isOneLine`. */
  readonly lineHeight?: number
  /** From how many rows the table is drawn in windows. */
  readonly longFrom?: number
  readonly isSelected?: (row: Row) => boolean
  /** What rows were chosen by: a long table goes back to its first line when it changes. */
  readonly resetKey?: string
}

/** Lines that are scrolled by before the window moves. */
const STRIDE = 5

/** A sortable table. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const {
    caption,
    columns,
    rows,
    keyOf,
    groupOf,
    lineHeight = 44,
    longFrom = 200,
    isSelected,
    isOneLine = false,
  } = props
  const [ownSort, setOwnSort] = useState(props.sort ?? null)
  const sort = props.onSort === undefined ? ownSort : (props.sort ?? null)
  const setSort = props.onSort ?? setOwnSort
  const lines = useMemo(() => {
    const sortValue = columns.find(({ key }) => key === sort?.column)?.sort
    const sorted = sortValue === undefined ? rows : sortRows(rows, sortValue, sort?.isDescending ?? false)
    return groupRows(sorted, groupOf)
  }, [rows, columns, sort, groupOf])
  const isLong = rows.length > longFrom
  const isFixed = isLong || isOneLine
  const hasWidths = columns.some(({ width }) => width !== undefined)
  const scroller = useRef<HTMLDivElement>(null)
  const [view, setView] = useState({ top: 0, height: 800 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (!isLong || element === null) return
    // Told in strides, so that most of scrolling draws nothing anew; the spare lines fill the stride.
    const stride = STRIDE * lineHeight
    const look = (): void => {
      const top = Math.floor(element.scrollTop / stride) * stride
      const height = element.clientHeight + stride
      setView((old) => (old.top === top && old.height === height ? old : { top, height }))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [isLong, lineHeight])
  const order = `${props.resetKey ?? ''} ${sort?.column} ${sort?.isDescending}`
  // A new order begins at the top.
  useLayoutEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0
  }, [order])
  const { from, to } = isLong ? windowOf(lines.length, { ...view, lineHeight }) : { from: 0, to: lines.length }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a part of the page that scrolls, not a section of its text
    <div
      ref={scroller}
      class={`data-table ${isFixed ? 'fixed' : ''} ${isLong ? 'long' : ''}`}
      role="region"
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the keyboard can scroll it
      tabIndex={0}
    >
      <table
        aria-rowcount={isLong ? lines.length + 1 : undefined}
        style={{
          minWidth: hasWidths ? `calc(${columns.map(({ width }) => width ?? '10rem').join(' + ')})` : undefined,
        }}
      >
        <caption class="visually-hidden">{caption}</caption>
        <colgroup>
          {columns.map(({ key, width }) => (
            <col key={key} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={isLong ? 1 : undefined}>
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sort={sort} onSort={setSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap lines={from} lineHeight={lineHeight} columns={columns.length} />
          {lines.slice(from, to).map((line, i) => (
            <MemoLine
              key={line.kind === 'row' ? keyOf(line.row) : `group:${line.label}`}
              line={line}
              columns={columns as readonly TableColumn<unknown>[]}
              height={isFixed ? lineHeight : undefined}
              index={isLong ? from + i + 2 : undefined}
              isSelected={line.kind === 'row' && isSelected !== undefined ? isSelected(line.row) : undefined}
            />
          ))}
          <Gap lines={lines.length - to} lineHeight={lineHeight} columns={columns.length} />
        </tbody>
      </table>
    </div>
  )
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: TableColumn<Row>
  sort: TableSort | null
  onSort: (sort: TableSort | null) => void
}) {
  const { key, title, isNumber, isHeader, isTitleHidden, isBestHigh = false } = column
  const isSorted = sort?.column === key
  const look = `${isNumber ? 'number' : ''} ${isHeader ? 'stays' : ''}`
  const text = <span class={isTitleHidden ? 'visually-hidden' : undefined}>{title}</span>
  if (column.sort === undefined) {
    return (
      <th scope="col" class={look}>
        {text}
      </th>
    )
  }
  // First the way that tells most, then the other, then as it came.
  const next: TableSort | null = !isSorted
    ? { column: key, isDescending: isBestHigh }
    : sort.isDescending === isBestHigh
      ? { column: key, isDescending: !isBestHigh }
      : null
  return (
    <th scope="col" class={look} aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" class={`sorter ${isNumber ? 'number' : ''}`} onClick={() => onSort(next)}>
        {text}
        <span class="sort-mark" aria-hidden="true">
          {isSorted ? (sort.isDescending ? '↓' : '↑') : ''}
        </span>
      </button>
    </th>
  )
}

function Line<Row>({
  line,
  columns,
  height,
  index,
  isSelected,
}: {
  line: TableLine<Row>
  columns: readonly TableColumn<Row>[]
  height?: number
  index?: number
  isSelected?: boolean
}) {
  const style = height === undefined ? undefined : { height: `${height}px` }
  if (line.kind === 'group') {
    return (
      <tr class="group" style={style} aria-rowindex={index}>
        <th colSpan={columns.length} scope="colgroup">
          <span class="group-label">
            {line.label} <span class="muted">{line.count}</span>
          </span>
        </th>
      </tr>
    )
  }
  return (
    <tr style={style} aria-rowindex={index} class={isSelected ? 'selected' : undefined}>
      {columns.map(({ key, cell, isNumber, isHeader }) =>
        isHeader ? (
          <th key={key} scope="row" class={`stays ${isNumber ? 'number' : ''}`}>
            {cell(line.row)}
          </th>
        ) : (
          <td key={key} class={isNumber ? 'number' : undefined}>
            {cell(line.row)}
          </td>
        ),
      )}
    </tr>
  )
}

// A line that stays in view while others come and go is not drawn again.
const MemoLine = memo(Line<unknown>)

// Stands for the lines that are not drawn.
function Gap({ lines, lineHeight, columns }: { lines: number; lineHeight: number; columns: number }) {
  if (lines <= 0) return null
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty line takes no focus
    <tr aria-hidden="true" class="gap" style={{ height: `${lines * lineHeight}px` }}>
      <td colSpan={columns} />
    </tr>
  )
}
