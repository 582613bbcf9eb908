// A worker that does what the prediction says: `stuck` forever, `crash`, `slow` for 30 ms; else compares texts.
import { servePairs } from '../serve-pairs.ts'

servePairs(({ gold, prediction }) => {
  if (prediction === 'crash') process.exit(3)
  const begun = performance.now()
  while (prediction === 'stuck' || (prediction === 'slow' && performance.now() - begun < 30));
  return { equal: gold === prediction, reason: `saw ${prediction}` }
})
