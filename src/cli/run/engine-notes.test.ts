import { describe, expect, it } from 'vitest'
import { EngineNotes } from './engine-notes.ts'

describe('EngineNotes', () => {
  it('shows each note once, and keeps those from before and after the run was opened', () => {
    const shown: string[] = []
    const kept: unknown[] = []
    const notes = new EngineNotes({ line: (text) => shown.push(text) })
    notes.add('stage "rl": adapters only')
    notes.news.onNote?.('adapters only')
    notes.keepIn({ event: (kind, data) => kept.push([kind, data?.message]) })
    notes.news.onNote?.('made again')
    notes.news.onNote?.('made again')
    notes.close()
    notes.add('late')
    expect(shown).toEqual(['note: stage "rl": adapters only', 'note: made again', 'note: late'])
    expect(kept).toEqual([
      ['warning', 'stage "rl": adapters only'],
      ['warning', 'made again'],
    ])
  })

  it('shows what is waited for and does not keep it', () => {
    const shown: string[] = []
    const notes = new EngineNotes({ line: (text) => shown.push(text) })
    notes.keepIn({ event: () => expect.unreachable() })
    notes.news.onWaiting?.({ what: 'a step', seconds: 30.4 })
    expect(shown).toEqual(['waiting for a step since 30 s'])
  })
})
