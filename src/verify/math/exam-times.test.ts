// Times of day on either side, as a clock, as digits that may be a ratio, with and without a half of the day; and what a
// yes or a no is worth when a condition follows it.
import { checkRows as check } from './__fixtures__/verdict-tables.ts'

check(true, [
  ['17:45', '5:45 PM', '5:45 p.m.', '17:45'],
  ['5:45 PM', '17:45'],
  ['9:00 a.m.', '9 am', '9:00'],
  ['5 PM', '17:00', '5:00 p.m.'],
  ['3:4', '6:8'],
  [
    '\\text{Yes}',
    'Yes',
    'Yes, because n is even.',
    '**Yes**, the two triangles are congruent.',
    'Yes. If n = 2, both are 4.',
  ],
  ['\\text{No}', 'No, since 3 is odd'],
])
check(false, [
  ['17:45', '5:45 AM', '7:45 PM', '5:45'],
  ['5 PM', '5:00', '5 AM'],
  ['3:4', '4:3', '3:40'],
  [
    '\\text{Yes}',
    'Yes, unless n = 2',
    'Yes, if n = 2',
    'Yes, except when n = 2',
    'Yes, provided n is even',
    'Yes, but only if n > 1',
  ],
  ['\\text{No}', 'No, unless n=2', 'No, as long as n < 3'],
])
