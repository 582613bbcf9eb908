// report.html of a testbed, as data: for someone who was not there. First in words what was compared and what came out,
// then the ranking, the claims, curves, what is missing, and what every column means. src/store draws it.
import { join } from 'node:path'
import type { ReportData, ReportSection } from '../../store/index.ts'
import type { ArmCurves } from '../curves.ts'
import { describeGaps } from '../report-tables.ts'
import type { LabResults } from '../results.ts'
import { claimsSection } from './claims-section.ts'
import { curvesSection } from './curves-section.ts'
import { leadOf } from './lead.ts'
import { howToRead, recipesSection } from './meanings.ts'
import { rankingSections } from './ranking.ts'

/** Where the page of a testbed lies. */
export const pagePath = (out: string, testbed: string): string => join(out, testbed, 'report.html')

/** What the page is of. */
export interface LabPageContent {
  readonly results: LabResults
  readonly curves: readonly ArmCurves[]
  /** When the lab was asked for, ISO 8601. */
  readonly at: string
}

/** The page. */
export function labPage({ results, curves, at }: LabPageContent): ReportData {
  const { testbed, recipes, seeds, command } = results
  return {
    title: `Recipes compared on ${testbed}`,
    subtitle: `${recipes.length} ${recipes.length === 1 ? 'recipe' : 'recipes'}, seeds ${seeds.join(', ')}, asked for on ${at.slice(0, 10)}`,
    lead: leadOf(results),
    sections: [
      ...rankingSections(results),
      ...claimsSection(results),
      ...curvesSection(results, curves),
      missingSection(results),
      howToRead(results),
      ...recipesSection(results),
      settingsSection(results),
    ],
    command,
    notes: [
      'The command above makes the same again; given in the same folder, it runs only what is missing.',
      'gradus lab report FOLDER --html FILE writes this page anew from what is there.',
    ],
  }
}

function missingSection(results: LabResults): ReportSection {
  const gaps = describeGaps(results)
  return {
    title: 'Missing',
    text: [
      gaps.length > 0
        ? 'What was asked for and is not in the numbers above:'
        : 'Nothing: every run that was asked for is finished, and every sample has a verdict.',
    ],
    points: gaps,
  }
}

function settingsSection({ testbeds, settings, seeds }: LabResults): ReportSection {
  return {
    title: 'Settings',
    text: [
      `Every arm was run with the seeds ${seeds.join(', ')}; base models have a seed of their own, 1. Below are the settings that lie over ` +
        'those of the task; what the command set (--set) lies over those of every run.',
    ],
    details: [
      ...testbeds.map(({ id, task, base, recipe, tokens, steps, dir }) => ({
        summary: `Testbed ${id}`,
        text: JSON.stringify({ task, tokens, steps, base, recipe, baseModel: dir }, null, 2),
      })),
      { summary: 'Set by the command', text: JSON.stringify(settings, null, 2) },
    ],
  }
}
