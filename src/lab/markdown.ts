// report.md of a testbed: the table, the claims with their evidence, and what is needed to get the same again.
import { join } from 'node:path'
import { type Cells, describeGaps, describeStart, describeTestbed, rowCells } from './report-tables.ts'
import type { LabResults, TestbedResult } from './results.ts'

/** Where the report of a testbed lies. */
export const reportPath = (out: string, testbed: string): string => join(out, testbed, 'report.md')

/** The report as Markdown. */
export function labMarkdown(results: LabResults): string {
  const { claims } = results
  const gaps = describeGaps(results)
  const sections = [
    `# Recipes on ${results.testbed}`,
    'Means over seeds and problems, with 95 % intervals of a bootstrap that draws both. Differences are of pass@1, paired by ' +
      'seed and problem. Tokens, steps and seconds are those of one run.',
    ...results.testbeds.map((testbed) => testbedSection(testbed, results)),
    ...(claims.length === 0
      ? []
      : [
          '## Claims',
          table({
            head: ['recipe', 'testbed', 'claim', 'outcome', 'evidence'],
            rows: claims.map((claim) => [claim.recipe, claim.testbed, claim.statement, claim.outcome, claim.evidence]),
          }),
        ]),
    ...(gaps.length === 0 ? [] : ['## Missing', gaps.map((gap) => `- ${gap}`).join('\n')]),
    '## Again',
    fenced('sh', results.command),
  ]
  return `${sections.join('\n\n')}\n`
}

function testbedSection(testbed: TestbedResult, results: LabResults): string {
  const { id, summary, task, base, recipe, tokens, steps, dir } = testbed
  return [
    `## Testbed ${id}`,
    `${summary} ${describeTestbed(testbed, results)}.`,
    `Starting model: ${describeStart(testbed)}.`,
    table(rowCells(results, id)),
    'Settings over those of the task; `set` lies over those of every run, `base` in it over those of the base model:',
    fenced('json', JSON.stringify({ task, tokens, steps, base, recipe, set: results.settings, model: dir }, null, 2)),
  ].join('\n\n')
}

const fenced = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\``

function table({ head, rows }: Cells): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}
