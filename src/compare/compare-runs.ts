// A comparison from its request to its report: finds the runs, measures them alike, compares each with the baseline, and
// corrects for the number of comparisons. It prints nothing.
import { GradusError } from '../base/error.ts'
import { readMeasure } from '../eval/index.ts'
import { type Axis, curvesOf } from './curves.ts'
import { notesOf } from './notes.ts'
import type { ComparisonReport } from './report.ts'
import { type CompareMetric, type CompareRow, type Correction, compareRows, correct, measure } from './rows.ts'
import { findBaseline, findSubjects, type Given, type Sources, type Subject } from './subjects.ts'

/** What is to be compared, and how. */
export interface CompareRequest {
  readonly given: readonly Given[]
  /** One of them by its name, or another one; default: the first. */
  readonly baseline?: Given
  readonly metrics: readonly CompareMetric[]
  /** Whether runs that differ in the seed alone are one row. */
  readonly groupSeeds?: boolean
  /** Whether what was not measured alike is compared all the same, with wider intervals. */
  readonly unpaired?: boolean
  readonly correction: Correction
  readonly axis: Axis
  /** Points of a curve at most; default: all. */
  readonly mostPoints?: number
}

/** Compares, one report for each metric. @throws `usage/...`, `data/...`, `store/...` */
export function compareRuns(request: CompareRequest): readonly ComparisonReport[] {
  const { metrics, correction, unpaired = false, axis, mostPoints } = request
  const { subjects, notes } = subjectsOf(request)
  const measured = metrics.map((metric) => ({ metric, rows: rowsOf(subjects, metric, unpaired) }))
  // One family of comparisons, whatever metric they are on.
  const corrected = correct(
    measured.flatMap(({ rows }) => rows),
    correction,
  )
  return measured.map(({ metric, rows }, i): ComparisonReport => {
    const own = corrected.slice(i * rows.length, (i + 1) * rows.length)
    return {
      metric,
      rows: own,
      correction,
      isPaired: !unpaired,
      axis,
      curves: curvesOf(subjects, metric, { axis, mostPoints }),
      notes: [...notes, ...notesOf(own)],
    }
  })
}

/** The subjects, the baseline first. */
function subjectsOf({
  given,
  baseline: named,
  groupSeeds = false,
}: CompareRequest): Pick<Sources, 'subjects' | 'notes'> {
  const found = findSubjects(given, { groupSeeds })
  // A baseline that is not among the runs is added to them.
  const isNamed = (subject: Subject): boolean => [subject.name, ...subject.aliases].includes(named?.name ?? '')
  const isFound = named === undefined || [...found.subjects, ...found.forClaims].some(isNamed)
  const sources = isFound ? found : withBaseline(given, named, found, groupSeeds)
  const { subjects, notes } = sources
  const baseline = named === undefined ? subjects[0] : findBaseline(named.name, sources)
  const others = subjects.filter((subject) => subject !== baseline)
  if (others.length === 0) {
    throw new GradusError('usage/nothing-to-compare', `${subjects[0]?.name ?? given[0].name} stands alone`, {
      hint: 'Give two runs or more; RUN@0 is the model that RUN started from.',
    })
  }
  const addedNotes = named === undefined ? [`no --baseline given: the first, ${baseline.name}`] : []
  return {
    subjects: [baseline, ...others],
    notes: [...addedNotes, ...notes],
  }
}

function withBaseline(given: readonly Given[], named: Given, found: Sources, groupSeeds: boolean): Sources {
  try {
    findBaseline(named.name, found)
    return found
  } catch {
    try {
      return findSubjects([...given, named], { groupSeeds })
    } catch {
      findBaseline(named.name, found)
      throw new GradusError('usage/no-such-baseline', `--baseline ${named.name} cannot be read`)
    }
  }
}

function rowsOf(subjects: readonly Subject[], metric: CompareMetric, unpaired: boolean): readonly CompareRow[] {
  const [baseline, ...others] = subjects.map((subject) => measure(subject, metric))
  return compareRows(baseline, others, metric.measure, { unpaired })
}

/** Reads `eval/<task>/pass@1` or `pass@1`. @throws `usage/bad-option` */
export function readMetric(text: string): CompareMetric {
  const match = /^eval\/(.+)\/([^/]+)$/.exec(text)
  const what = readMeasure(match === null ? text : match[2])
  if (what !== undefined) return { task: match?.[1], measure: what }
  throw new GradusError('usage/bad-option', `--metric cannot be "${text}"`, {
    hint: 'It is pass@K, maj@K or mean@K of evaluations, with or without the task: eval/countdown/pass@1.',
  })
}
