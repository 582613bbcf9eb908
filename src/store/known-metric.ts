// The check behind the rule that every metric has a row in the glossary.
// The sink of a run only warns; this is for tests and tools that must fail.
import { GradusError } from '../base/error.ts'
import { findMetric, type MetricEntry, metricGlossary } from '../contracts/metrics.ts'

/** The glossary row of a metric. Throws `train/unknown-metric`. */
export function assertKnownMetric(name: string): MetricEntry {
  const entry = findMetric(name)
  if (entry !== undefined) return entry
  const area = name.split('/')[0]
  const near = metricGlossary.filter((e) => e.name.startsWith(`${area}/`)).map((e) => e.name)
  throw new GradusError('train/unknown-metric', `the metric "${name}" is not in the glossary`, {
    hint: near.length > 0 ? `Names of this area: ${near.join(', ')}.` : 'Add a row to src/contracts/metrics.ts.',
  })
}
