// Results of one task by step: pass@1 as a curve with its band, and all numbers as a table.
import { useMemo } from 'preact/hooks'
import type { EvaluationsAnswer } from '../../../../src/serve/dashboard/api.ts'
import { DataTable, type TableColumn } from '../../components/data-table.tsx'
import { Interval } from '../../components/interval.tsx'
import { LineChart } from '../../components/line-chart.tsx'
import { formatCount, formatNumber } from '../../lib/format.ts'
import { type ResultFacts, resultFacts } from './result-facts.ts'

type TaskResults = EvaluationsAnswer['tasks'][number]
type Row = TaskResults['points'][number] & { readonly facts: ResultFacts }

interface ResultsProps {
  readonly task: TaskResults
  /** The steps that are compared below; their rows are set apart. */
  readonly before: number
  readonly after: number
}

/** Curve and table. */
export function Results({ task, before, after }: ResultsProps) {
  const rows = useMemo(
    () => task.points.map((point): Row => ({ ...point, facts: resultFacts(point.result) })),
    [task.points],
  )
  const columns = useMemo(() => columnsFor(rows), [rows])
  const series = useMemo(() => {
    const known = task.points.flatMap(({ step, passAt1 }) => (passAt1 === null ? [] : [{ step, ...passAt1 }]))
    return [
      {
        name: 'pass@1',
        x: known.map((point) => point.step),
        y: known.map((point) => point.value),
        low: known.map((point) => point.low),
        high: known.map((point) => point.high),
      },
    ]
  }, [task.points])
  return (
    <section class="evaluations-results" aria-label={`Results of ${task.task}`}>
      <LineChart title={`${task.task}, pass@1`} unit="95 % intervals" series={series} xLabel="step" height={240} />
      <DataTable
        caption={`Results of ${task.task} by step`}
        columns={columns}
        rows={rows}
        keyOf={(row) => String(row.step)}
        isSelected={(row) => row.step === before || row.step === after}
      />
    </section>
  )
}

/** Columns that have something in them. */
function columnsFor(rows: readonly Row[]): readonly TableColumn<Row>[] {
  const ks = [...new Set(rows.flatMap((row) => row.facts.passAtK.map(({ k }) => k)))].sort((a, b) => a - b)
  const number = (
    key: string,
    title: string,
    of: (row: Row) => number | null | undefined,
    format: (value: number) => string = formatCount,
  ): readonly TableColumn<Row>[] =>
    rows.every((row) => (of(row) ?? null) === null)
      ? []
      : [{ key, title, isNumber: true, sort: (row) => of(row) ?? null, cell: (row) => shown(of(row), format) }]
  return [
    { key: 'step', title: 'Step', isHeader: true, isNumber: true, sort: (row) => row.step, cell: (row) => row.step },
    ...number('tokens', 'Tokens', (row) => row.tokens),
    {
      key: 'pass@1',
      title: 'pass@1',
      isBestHigh: true,
      sort: (row) => row.passAt1?.value ?? null,
      cell: (row) => <Interval of={row.passAt1} />,
    },
    ...ks
      .filter((k) => k !== 1)
      .map(
        (k): TableColumn<Row> => ({
          key: `pass@${k}`,
          title: `pass@${k}`,
          isBestHigh: true,
          sort: (row) => passAt(row, k)?.value ?? null,
          cell: (row) => <Interval of={passAt(row, k)} />,
        }),
      ),
    ...number('problems', 'Problems', (row) => row.facts.problems),
    ...number('truncated', 'Cut off', (row) => row.facts.truncated),
    ...number('undecided', 'Undecided', (row) => row.facts.undecided),
    ...number('failed', 'Failed', (row) => row.facts.failed),
    ...number('temperature', 'Temperature', (row) => row.facts.temperature, formatNumber),
  ]
}

const passAt = (row: Row, wanted: number) => row.facts.passAtK.find(({ k }) => k === wanted)?.value

const shown = (value: number | null | undefined, format: (value: number) => string) =>
  value === null || value === undefined ? <span class="muted">–</span> : format(value)
