// The tags of a run, changed in their place: a text with commas, kept by Enter or by leaving, given up by Escape.
import { useRef, useState } from 'preact/hooks'
import type { TagsAnswer } from '../../../../src/serve/dashboard/api.ts'
import { apiPath, ServerError, send } from '../../lib/server.ts'
import { tagsOf } from './tags-of.ts'

/** `onSaved`: the list must be asked for again. */
export function TagsCell({ run, tags, onSaved }: { run: string; tags: readonly string[]; onSaved: () => void }) {
  // What was saved is shown until the list has it too.
  const [saved, setSaved] = useState<{ from: readonly string[]; tags: readonly string[] }>()
  const [draft, setDraft] = useState<string>()
  const [error, setError] = useState('')
  const opener = useRef<HTMLButtonElement>(null)
  const shown = saved !== undefined && saved.from === tags ? saved.tags : tags

  const close = (isByKey: boolean): void => {
    setDraft(undefined)
    setError('')
    if (isByKey) requestAnimationFrame(() => opener.current?.focus())
  }
  const save = async (isByKey: boolean): Promise<void> => {
    if (draft === undefined) return
    const next = tagsOf(draft)
    if (next.join('\n') === shown.join('\n')) {
      close(isByKey)
      return
    }
    try {
      const answer = await send<TagsAnswer>('PUT', apiPath('tags', { run }), { tags: next })
      setSaved({ from: tags, tags: answer.tags })
      close(isByKey)
      onSaved()
    } catch (failure) {
      if (!(failure instanceof ServerError)) throw failure
      setError(failure.message)
    }
  }

  if (draft === undefined) {
    return (
      <span class="tags">
        {shown.length > 0 && <span class="tag">{shown[0]}</span>}
        {shown.length > 1 && (
          <span class="tag-more" title={shown.join(', ')}>
            +{shown.length - 1}
          </span>
        )}
        <button
          ref={opener}
          type="button"
          class="quiet tag-edit"
          title={shown.length === 0 ? 'Add tags' : `Edit tags: ${shown.join(', ')}`}
          onClick={() => setDraft(shown.join(', '))}
        >
          {shown.length === 0 ? '+ tag' : <span aria-hidden="true">✎</span>}
          <span class="visually-hidden">{shown.length === 0 ? ` to ${run}` : `Edit tags of ${run}`}</span>
        </button>
      </span>
    )
  }
  return (
    <span class="tags">
      <input
        // The reader has just asked for it.
        ref={(input) => {
          if (input !== null && document.activeElement !== input && error === '') input.focus()
        }}
        class="tag-input"
        type="text"
        value={draft}
        aria-label={`Tags of ${run}, parted by commas`}
        aria-invalid={error !== ''}
        title={error === '' ? undefined : error}
        onInput={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void save(true)
          if (event.key === 'Escape') close(true)
        }}
        onBlur={() => void save(false)}
      />
      {error !== '' && (
        <span class="tag-error" role="alert">
          {error}
        </span>
      )}
    </span>
  )
}
