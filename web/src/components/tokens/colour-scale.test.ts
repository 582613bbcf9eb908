// Whether text can be read on every colour of every scale, and whether the colours tell apart what they stand for.
import { describe, expect, it } from 'vitest'
import { blueScale, colourAt, contrast, cssColour, divergingScale, purpleScale, TEXT } from './colour-scale.ts'

const scales = { blueScale, purpleScale, divergingScale }
const themes = ['light', 'dark'] as const

/** Red, green, blue, 0 to 255. */
const parts = (colour: string): number[] => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))

describe('contrast', () => {
  it('is 21 between black and white, either way round, and 1 between equals', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10)
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 10)
    expect(contrast('#777777', '#777777')).toBe(1)
  })

  it('of the grey #767676 on white is the well-known 4.54', () => {
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2)
  })
})

describe('colours behind text', () => {
  for (const [name, scale] of Object.entries(scales)) {
    for (const theme of themes) {
      it(`text has a contrast of 4.5 on every colour of ${name}, ${theme}`, () => {
        expect(scale.colours.length).toBeGreaterThan(10)
        const least = Math.min(...scale.colours.map((colour) => contrast(colour[theme], TEXT[theme])))
        expect(least).toBeGreaterThanOrEqual(4.5)
      })
    }
  }

  for (const theme of themes) {
    it(`lightness alone tells the order of sequential colours, ${theme}`, () => {
      for (const scale of [blueScale, purpleScale]) {
        const fromText = scale.colours.map((colour) => contrast(colour[theme], TEXT[theme]))
        for (let i = 1; i < fromText.length; i++) expect(fromText[i]).toBeLessThan(fromText[i - 1])
      }
    })

    it(`blue alone, which both common kinds of colour blindness see, tells the sides of the diverging scale apart, ${theme}`, () => {
      const yellowToBlue = divergingScale.colours.map(({ [theme]: colour }) => {
        const [red, green, blue] = parts(colour)
        return blue - (red + green) / 2
      })
      const middle = (yellowToBlue.length - 1) / 2
      for (let i = 1; i < yellowToBlue.length; i++) expect(yellowToBlue[i]).toBeGreaterThan(yellowToBlue[i - 1])
      expect(yellowToBlue[0]).toBeLessThan(yellowToBlue[middle] - 30)
      expect(yellowToBlue.at(-1)).toBeGreaterThan(yellowToBlue[middle] + 30)
    })
  }
})

describe('the colour of a place in a range', () => {
  it('is that of the end for all that lies outside', () => {
    expect(colourAt(divergingScale, -3)).toBe(divergingScale.colours[0])
    expect(colourAt(divergingScale, 7)).toBe(divergingScale.colours.at(-1))
  })

  it('is the ground in the middle of a diverging scale', () => {
    expect(colourAt(divergingScale, 0.5)).toEqual({ light: '#fcfbf9', dark: '#151517' })
  })

  it('follows the theme in CSS', () => {
    expect(cssColour({ light: '#ffffff', dark: '#000000' })).toBe('light-dark(#ffffff, #000000)')
  })
})
