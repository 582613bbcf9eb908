// The page holds its data, obeys none of it, and needs nothing from outside. Long because it tries every part of the page.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { axisOf, placeOn, tickLabel } from './axis.ts'
import { html, trusted } from './html.ts'
import { renderReport } from './render-report.ts'
import type { Point, ReportData, ReportSection } from './report-data.ts'
import { themes } from './stylesheet.ts'
import { thinPoints } from './thin-points.ts'

const full: ReportData = {
  title: 'From 0.1 to 0.4',
  subtitle: 'A small model',
  table: {
    measures: ['pass@1'],
    rows: [
      {
        name: 'base',
        estimates: [{ value: 0.4119, low: 0.3812, high: 0.4431 }],
        n: 512,
        seeds: [1, 2],
        tokens: 12_345,
        seconds: 192,
      },
      { name: 'other', estimates: [undefined] },
    ],
  },
  charts: [
    {
      title: 'pass@1',
      xLabel: 'step',
      size: 'wide',
      series: [
        {
          name: 'base',
          points: [
            { x: 0, y: 0, low: 0, high: 0.2 },
            { x: 10, y: 1, low: 0.8, high: 1 },
          ],
        },
      ],
    },
    {
      title: 'reward',
      xLabel: 'step',
      series: [
        {
          name: 'other',
          points: [
            { x: 0, y: Number.NaN },
            { x: 1, y: 2 },
          ],
        },
        { name: 'none', points: [] },
      ],
    },
  ],
  samples: [
    { problem: '1+1', answer: '2', completions: [{ label: 'after', text: '3', verdict: 'wrong', reason: 'not 2' }] },
  ],
  config: { lr: 1 },
  configDiff: { optim: { lr: 1 } },
  command: 'gradus start --seed 1',
  notes: ['a note'],
}

describe('renderReport', () => {
  it('shows numbers with intervals, n, seeds, tokens and time', () => {
    const page = renderReport(full)
    const cells = page.replace(/<[^>]*>/g, '|')
    for (const text of ['0.412||', ' [0.381, 0.443]', '|512|', '|1, 2|', '|12.3k|', '|3m 12s|', 'not measured']) {
      expect(cells).toContain(text)
    }
    for (const text of ['gradus start --seed 1', 'optim.lr', 'a note', '✗ wrong', 'not 2']) expect(page).toContain(text)
  })

  it('draws lines through the corners and bands around them', () => {
    const page = renderReport(full)
    expect(page).toContain('<path class="line s0" d="M0 100L100 0"/>')
    expect(page).toContain('<path class="band s0" d="M0 80L100 0L100 20L0 100Z"/>')
    expect(page).toContain('aria-label="pass@1 over step. base: from 0.00 to 1.00."')
  })

  it('asks nothing of a network and runs no script', () => {
    const page = renderReport(full)
    expect(page).not.toMatch(/<script|https?:|\bsrc=|url\(|@import|\son\w+=/i)
    expect(page).toContain("default-src 'none'")
  })

  it('leaves out what it was not given', () => {
    const page = renderReport({ title: 'x' })
    expect(page).not.toMatch(/<section|undefined|NaN/)
  })

  it('never writes undefined, NaN or Infinity for missing values', () => {
    expect(renderReport(full)).not.toMatch(/undefined|NaN|Infinity/)
  })

  it('takes text as text, wherever it stands', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'a', '\0', '\n') }), (text) => {
        const name = `${text}<b>`
        const evil: ReportData = {
          title: name,
          subtitle: name,
          table: { measures: [name], caption: name, rows: [{ name, estimates: [{ value: 1 }], note: name }] },
          charts: [{ title: name, xLabel: name, caption: name, series: [{ name, points: [{ x: 0, y: 1 }] }] }],
          samples: [
            { problem: name, answer: name, completions: [{ label: name, text: name, verdict: 'right', reason: name }] },
          ],
          command: name,
          config: { [name]: name },
          configDiff: { [name]: name },
          notes: [name],
        }
        const plain = JSON.parse(
          JSON.stringify(evil, (_key, value) => (value === name ? 'b' : value)).replaceAll(JSON.stringify(name), '"b"'),
        )
        const tags = (page: string): readonly string[] => [...page.matchAll(/<(\/?\w+)/g)].map((match) => match[1])
        expect(tags(renderReport(evil))).toEqual(tags(renderReport(plain)))
        expect(renderReport(evil)).not.toContain('\0')
      }),
      { numRuns: 50 },
    )
  })
})

describe('a section', () => {
  const page = (section: Omit<ReportSection, 'title'>): string =>
    renderReport({ title: 'x', sections: [{ title: 'Part', ...section }] })

  it('shows paragraphs, labelled findings, points, terms and closed texts under its title, after the lead', () => {
    const whole = renderReport({
      title: 'x',
      lead: ['What came out.'],
      sections: [
        {
          title: 'Claims',
          text: ['In words.'],
          facts: {
            head: ['recipe', 'outcome', 'evidence'],
            rows: [
              ['dapo', { text: 'not held', tone: 'bad' }, { text: ['first', 'second'], note: 'aside' }],
              ['grpo', { text: 'held', tone: 'good' }, 'plain'],
            ],
          },
          points: ['a point'],
          definitions: [{ term: 'held', meaning: 'seen' }],
          details: [{ summary: 'more', text: '{}' }],
        },
      ],
    })
    const text = whole
      .slice(whole.indexOf('<main'))
      .replace(/<[^>]*>/g, '|')
      .replace(/[|\n]+/g, '|')
    expect(text).toBe(
      '|x|What came out.|Claims|In words.|recipe|outcome|evidence|dapo|✗ not held|first|second|aside|grpo|✓ held|plain|a point|held|seen|more|{}|',
    )
  })

  it('takes text as text', () => {
    const evil = '<b onclick=x>"&'
    const made = page({
      text: [evil],
      table: {
        measures: [{ name: evil }],
        extra: [evil],
        mark: { value: 1, label: evil },
        caption: evil,
        rows: [{ name: evil, estimates: [{ value: 1, low: 0, high: 2 }], extra: [evil], note: evil }],
      },
      facts: {
        head: [evil],
        caption: evil,
        rows: [[evil, { text: [evil], note: evil }, { text: evil, tone: 'open' }]],
      },
      points: [evil],
      definitions: [{ term: evil, meaning: evil }],
      details: [{ summary: evil, text: evil }],
    })
    expect(made).not.toContain('<b onclick')
    expect(made.split('&lt;b onclick=x&gt;&quot;&amp;').length).toBeGreaterThan(14)
  })

  it('says what differences are above 0, what stands for none, and where all rows began', () => {
    const made = page({
      table: {
        measures: ['pass@1', { name: 'over', isSigned: true, none: '–' }],
        mark: { value: 0.5, label: 'base' },
        extra: ['baseline'],
        isPlain: true,
        rows: [
          { name: 'a', estimates: [{ value: 1, low: 0.5, high: 1.5 }, { value: 0.25 }], extra: ['b'] },
          { name: 'b', estimates: [{ value: 0.5 }, { value: -0.25 }] },
          { name: 'c', estimates: [undefined, undefined] },
        ],
      },
    })
    for (const text of ['<b>+0.250</b>', '<b>-0.250</b>', '>–<', '<td class="text">b</td>', 'base: 0.500']) {
      expect(made).toContain(text)
    }
    // The scale goes from 0.5 to 1.5, so the base is at its start; rows have one colour.
    expect(made).toContain('<path class="mark" d="M0.00 -5V15">')
    expect(made).not.toContain('whisker s1')
  })

  it('draws charts on the scale that they are told to cover', () => {
    const chart = {
      title: 'c',
      xLabel: 'x',
      series: [
        {
          name: 's',
          points: [
            { x: 0, y: 0.5 },
            { x: 5, y: 0.5 },
          ],
        },
      ],
    }
    const made = page({ charts: [{ ...chart, covers: { x: [0, 10], y: [0, 1] } }] })
    expect(made).toContain('<path class="line s0" d="M0 50L50 50"/>')
  })
})

describe('html', () => {
  it('escapes values and keeps pieces', () => {
    expect(html`<i>${'<&>"\''}</i>${[html`<b/>`, false, undefined, 3]}${trusted('<u>')}`.markup).toBe(
      '<i>&lt;&amp;&gt;&quot;&#39;</i><b/>3<u>',
    )
  })

  it('shows control characters as pictures', () => {
    expect(html`${'\0\t\n\x1b'}`.markup).toBe('\u2400\t\n\u241b')
  })
})

describe('axisOf', () => {
  it('rounds outwards to 1, 2 or 5', () => {
    const axis = axisOf([0.12, 0.43], { round: true })
    expect(axis.ticks.map((tick) => tickLabel(tick, axis.step))).toEqual(['0.1', '0.2', '0.3', '0.4', '0.5'])
    expect([placeOn(axis, axis.min), placeOn(axis, axis.max)]).toEqual([0, 1])
  })

  it('has a place for every value, also for one value and for none', () => {
    expect(axisOf([], { round: true }).ticks.length).toBeGreaterThan(1)
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }),
        fc.boolean(),
        (values, round) => {
          const axis = axisOf(values, { round })
          expect(axis.max).toBeGreaterThan(axis.min)
          expect(axis.ticks.length).toBeLessThan(12)
          for (const place of values.map((value) => placeOn(axis, value))) {
            expect(place).toBeGreaterThanOrEqual(-1e-6)
            expect(place).toBeLessThanOrEqual(1 + 1e-6)
          }
        },
      ),
    )
  })

  it.each([
    [2000, 1000, '2k'],
    [18_500, 500, '18.5k'],
    [0.05, 0.05, '0.05'],
    [3e-5, 1e-5, '3.0e-5'],
  ])('labels %d with step %d as %s', (value, step, label) => {
    expect(tickLabel(value, step)).toBe(label)
  })
})

describe('thinPoints', () => {
  const points = Array.from(
    { length: 5000 },
    (_, x): Point => ({ x, y: x === 2500 ? 9 : x === 4000 ? -9 : Math.sin(x) }),
  )

  it('keeps ends, spikes and order', () => {
    const thin = thinPoints(points, 200)
    expect(thin.length).toBeLessThanOrEqual(202)
    for (const x of [0, 2500, 4000, 4999]) expect(thin).toContain(points[x])
    expect(thin.map((p) => p.x)).toEqual(thin.map((p) => p.x).toSorted((a, b) => a - b))
  })

  it('leaves short curves alone and keeps gaps', () => {
    expect(thinPoints(points.slice(0, 100))).toHaveLength(100)
    const holed = points.map((p) => (p.x === 77 ? { x: 77, y: Number.NaN } : p))
    expect(thinPoints(holed, 200)).toContain(holed[77])
  })
})

describe.each(Object.entries(themes))('the %s theme', (_name, theme) => {
  // WCAG 2.2, contrast ratio of relative luminances.
  const luminance = (hex: string): number => {
    const [r, g, b] = [1, 3, 5]
      .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrast = (a: string, b: string): number => {
    const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y)
    return (high + 0.05) / (low + 0.05)
  }

  it('has readable text and visible lines', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 6)
    for (const ground of [theme.ground, theme.raised]) {
      for (const ink of [theme.text, theme.muted, theme.right, theme.wrong])
        expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5)
    }
    for (const ink of theme.series) expect(contrast(ink, theme.ground)).toBeGreaterThanOrEqual(3)
  })
})
