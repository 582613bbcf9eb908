import { describe, expect, it } from 'vitest'
import { judgeRoles, readRoles } from './knights-roles.ts'

const names = ['Zoey', 'Owen', 'Ann']
const answer = '(1) Zoey is a knight (2) Owen is a knave (3) Ann is a knight'

/** The roles, or the fault. */
function read(text: string, people = names): unknown {
  const reading = readRoles(text, people)
  return 'fault' in reading ? reading.fault : { ...reading.roles }
}

describe('readRoles', () => {
  it('reads each name, whatever the order, the case and what is around', () => {
    const roles = { Zoey: 'knight', Owen: 'knave', Ann: 'knight' }
    expect(read(answer)).toEqual(roles)
    expect(read('ann IS A KNIGHT, owen is a Knave.\nZoey is a knight!')).toEqual(roles)
  })

  it.each([
    ['', 'it has 0 role words for 3 people'],
    ['Zoey is a knight, Owen is a knave', 'it has 2 role words for 3 people'],
    [`${answer} and Ann is a knave`, 'it has 4 role words for 3 people'],
    ['Zoey is a knight or knave, Owen is a knave, Ann is a knight', 'it has 4 role words for 3 people'],
    ['Zoey is a knight, Owen is a knave, Joann is a knight', 'it does not say what "Ann" is'],
    ['Zoey is a knight, Owen is a knave, Ann is knight', 'it does not say what "Ann" is'],
    ['Zoey is a knight, Owen is not a knave, Ann is a knight', 'it does not say what "Owen" is'],
    ['knight knight knight', 'it does not say what "Zoey" is'],
  ])('refuses %j', (text, fault) => {
    expect(read(text)).toBe(fault)
  })

  it('finds a name again after a place that says nothing of it', () => {
    expect(read('Ann, Joann and Ann is a knight', ['Ann'])).toEqual({ Ann: 'knight' })
  })

  it('counts words, not parts of words', () => {
    expect(read('The knights met. Ann is a knight', ['Ann'])).toEqual({ Ann: 'knight' })
    expect(read('Ann is a knighthood knight', ['Ann'])).toBe('it does not say what "Ann" is')
  })

  it('takes names that mean something in patterns or objects', () => {
    expect(read('__proto__ is a knave. a.*b is a knight', ['__proto__', 'a.*b'])).toHaveProperty('a.*b', 'knight')
    expect(judgeRoles('constructor is a knave', { constructor: 'knight' } as never)).toBe('wrong')
    expect(read('x', [''])).toContain('0 role words')
  })

  it('reads a long text in little time', () => {
    expect(read(`${'ann '.repeat(8000)}is a knight`, ['Ann'])).toEqual({ Ann: 'knight' })
    expect(read('a'.repeat(32_769), ['Ann'])).toBe('longer than 32768 characters')
  })
})

describe('judgeRoles', () => {
  const truth = { Zoey: 'knight', Owen: 'knave', Ann: 'knight' } as const

  it('compares every person', () => {
    expect(judgeRoles(answer, truth)).toBe('right')
    expect(judgeRoles(answer.replace('Owen is a knave', 'Owen is a knight'), truth)).toBe('wrong')
    expect(judgeRoles('I do not know', truth)).toBe('unparsable')
  })
})
