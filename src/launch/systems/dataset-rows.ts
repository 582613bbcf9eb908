// Problems as the rows that TRL and verl read. A row carries the whole problem as JSON text, so that the reward server
// needs no list of them.
import type { Json } from '../../base/json.ts'
import type { Message, Problem, Task } from '../../contracts/index.ts'
import type { PromptConfig } from './launch-fields.ts'

/** One row a line. */
export const jsonLines = (rows: readonly Json[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('')

/** A row of TRL: columns beside `prompt` are given to the reward function. */
export function trlRow(task: Task, problem: Problem, prompt: PromptConfig): Json {
  return {
    prompt: prompt.form === 'chat' ? chatPrompt(task, problem, prompt) : textPrompt(task, problem, prompt),
    answer: problem.answer ?? '',
    id: problem.id,
    problem: asText(problem),
  }
}

/** A row of verl, whose prompts are always messages. */
export function verlRow(task: Task, problem: Problem, prompt: PromptConfig, index: number): Json {
  return {
    data_source: task.id,
    prompt: chatPrompt(task, problem, prompt),
    ability: task.tags?.[0] ?? 'reasoning',
    reward_model: { style: 'rule', ground_truth: problem.answer ?? '' },
    extra_info: { index, id: problem.id, problem: asText(problem) },
  }
}

function chatPrompt(task: Task, { prompt }: Problem, { rules }: PromptConfig): Json {
  const asked: readonly Message[] = typeof prompt === 'string' ? [{ role: 'user', content: prompt }] : prompt
  const told = rules && task.rules !== undefined && asked[0]?.role !== 'system'
  const messages = told ? [{ role: 'system' as const, content: task.rules ?? '' }, ...asked] : asked
  return messages.map(({ role, content }) => ({ role, content }))
}

function textPrompt(task: Task, { prompt }: Problem, { rules }: PromptConfig): string {
  const asked = typeof prompt === 'string' ? prompt : prompt.map(({ content }) => content).join('\n')
  return rules && task.rules !== undefined ? `${task.rules}\n\n${asked}` : asked
}

/** What verifying needs; worked solutions stay here. */
function asText({ id, task, split, prompt, answer, level, meta }: Problem): string {
  return JSON.stringify({ id, task, split, prompt, answer, level, meta })
}
