// The page of `gradus lab levels`: the picture's name, the table, and what it rests on. Markdown, as the lab's other page.
import { formatCount, formatEstimate } from '../../store/index.ts'
import { type LevelResults, levelTrend, passRate } from './level-results.ts'

/** The page; `picture` is the address of the chart, `command` what makes it again. */
export function levelPage(
  results: readonly LevelResults[],
  { picture, command }: { picture: string; command: string },
): string {
  const most = Math.max(0, ...results.map(({ levels }) => levels.length))
  const places = Array.from({ length: most }, (_, i) => i)
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const trends = results.map((result) => levelTrend(result).trend)
  const falling = trends.filter((trend) => trend === 'falls').length
  return [
    '# Difficulty by level',
    `A small model for each task, taught from fresh weights with worked solutions of all its levels, as many tokens of each, and then asked ${
      results[0]?.levels[0]?.n ?? 0
    } unseen problems of each level, one sample each at temperature 1. Harder levels should be solved less often: ${falling} of ${
      results.length
    } tasks show it (the interval of the difference between the easiest and the hardest level lies above 0).`,
    `![Pass rate by level, one picture per task](${picture})`,
    'The dashed line is the pass rate of a guess. Orange: no fall was seen, either since the model learnt nothing within the budget or since it learnt all.',
    [
      line(['task', 'trained tokens', ...places.map((i) => `${i + 1}.`), 'easiest - hardest', 'with level']),
      `|${Array.from({ length: most + 4 }, () => '---|').join('')}`,
      ...results.map((result, r) => {
        const { difference } = levelTrend(result)
        const cells = places.map((i) => {
          const row = result.levels.at(i)
          return row === undefined ? '' : passRate(row).value.toFixed(2)
        })
        return line([result.task, formatCount(result.trainedTokens), ...cells, formatEstimate(difference), trends[r]])
      }),
    ].join('\n'),
    'Again:',
    `\`\`\`sh\n${command}\n\`\`\``,
  ]
    .join('\n\n')
    .concat('\n')
}
