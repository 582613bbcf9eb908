// Which problem is asked: one of the run's task, by its number, or what one types.
import { Choice } from '../../components/choice.tsx'
import { NumberField } from './number-field.tsx'
import { bounds, numberIn } from './request.ts'

/** Longest text that the server takes. */
const MAX_TEXT = 20_000

interface ProblemFieldsProps {
  readonly task: string
  readonly kind: 'task' | 'typed'
  readonly setKind: (kind: 'task' | 'typed') => void
  readonly text: string
  readonly setText: (text: string) => void
  readonly answer: string
  readonly setAnswer: (answer: string) => void
  readonly seed: string
  readonly setSeed: (seed: string) => void
  readonly index: string
  readonly setIndex: (index: string) => void
  readonly level: string
  readonly setLevel: (level: string) => void
}

/** The fields of the problem. */
export function ProblemFields(props: ProblemFieldsProps) {
  const { task, kind, setKind } = props
  return (
    <div class="controls">
      <Choice
        label="Problem"
        look="segments"
        value={kind}
        options={[
          { value: 'task', label: `Of ${task}` },
          { value: 'typed', label: 'Typed' },
        ]}
        onChange={setKind}
      />
      {kind === 'task' ? <OfTask {...props} /> : <Typed {...props} />}
    </div>
  )
}

function OfTask({ seed, setSeed, index, setIndex, level, setLevel }: ProblemFieldsProps) {
  const at = numberIn(index, bounds.index)
  return (
    <>
      <span class="playground-index">
        <button
          type="button"
          aria-label="Previous problem"
          disabled={at <= bounds.index.min}
          onClick={() => setIndex(String(at - 1))}
        >
          ‹
        </button>
        <NumberField label="Number" value={index} onChange={setIndex} bounds={bounds.index} />
        <button
          type="button"
          aria-label="Next problem"
          disabled={at >= bounds.index.max}
          onClick={() => setIndex(String(at + 1))}
        >
          ›
        </button>
      </span>
      <NumberField label="Seed of problems" value={seed} onChange={setSeed} bounds={bounds.problemSeed} />
      <label class="choice playground-number">
        <span class="choice-label">Level</span>
        <input
          type="number"
          inputMode="numeric"
          min={0}
          step={1}
          placeholder="as trained"
          value={level}
          onInput={(event) => setLevel(event.currentTarget.value)}
        />
      </label>
    </>
  )
}

function Typed({ text, setText, answer, setAnswer }: ProblemFieldsProps) {
  return (
    <>
      <label class="choice playground-text">
        <span class="choice-label">Prompt, as the model gets it</span>
        <textarea
          rows={3}
          maxLength={MAX_TEXT}
          required
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <label class="choice">
        <span class="choice-label">Gold answer, where there is one</span>
        <input
          type="text"
          maxLength={MAX_TEXT}
          spellcheck={false}
          autocomplete="off"
          value={answer}
          onInput={(event) => setAnswer(event.currentTarget.value)}
        />
      </label>
    </>
  )
}
