// Sentences that conclude nothing: remarks, checks, offers of help, what is left open or takes back. They may hold any
// number. The lists can only pass a sentence over, so that a word too many costs an answer and lets none pass.

const start = String.raw`^[\s*_#>-]{0,6}`
/** Sentences that belong to no answer. */
const closing = new RegExp(
  `${start}\\(?(?:let me know|feel free|i hope|hope (?:this|that)|if you(?:['’]d)?\\b|would you like|happy to|please|` +
    'q\\.?e\\.?d|thank|(?:confidence|difficulty)\\b|done\\b|end of)',
  'i',
)
const opensRemark = new RegExp(
  `${start}(?:\\(|(?:note|notice|remark|recall|remember|observe|indeed|checks?|checking|testing|since|because|here|where|step|first|` +
    'next|now|hint|source|given|as a check|in comparison|by comparison|by the way|incidentally)\\b|verif|substitut|plugging|' +
    'for (?:example|instance|comparison|reference|the)\\b|that is why\\b|this (?:makes sense|agrees|matches|is (?:because|since|less|' +
    'more|consistent|reasonable|also|the same|equal|just|why|half|twice))\\b)',
  'i',
)
const remark =
  /\b(?:check\w*|verif\w*|satisf\w*|consistent\w*|(?:this|that|which) (?:agrees|matches)|confirm\w*|as (?:expected|required|given|desired|needed|wanted|claimed|stated)|makes? sense|sanity|holds?(?=\s(?:since|because|as|true|when)|\W{0,3}$)|in general|similarly|common|others|compared|indeed|let us|let['’]s|we (?:now |still )?(?:need|have) to|to find)\b/i
/** In sentences that do not begin with "so" or the like. */
const beside =
  /\b(?:original(?:ly)?|initial(?:ly)?|given|known|previous(?:ly)?|already|earlier|first|began|beginning|start(?:s|ed)?|another|other|next|also|rest|would|asked|want(?:s|ed)?)\b/i
const turning =
  /\b(?:wait|oops|hmm|however|scratch that|on second thought|actually|not (?:right|correct|the answer|valid|possible)|does(?: not|n['’]t) work|errors?|mistake\w*|wrong|incorrect|contradict\w*)\b/i
const open =
  /\b(?:if|unless|otherwise|maybe|perhaps|possibly|probably|might|could|(?:would|should|must) have|either|whether|suppose|supposing|assume|assuming|guess\w*|unsure|at (?:least|most)(?=[\s*$\\({]{1,6}\d)|alternatively|impossible|contradict\w*|wrong|incorrect|mistake\w*|claims?|claimed|nobody|no one|none|thinks?|thought|believes?|believed|says|or (?:more|less|fewer))\b|\?/i

/** "Let me know if you have questions" */
export const isClosing = (sentence: string): boolean => closing.test(sentence)

/** "Wait, that is wrong" */
export const isTurning = (sentence: string): boolean => turning.test(sentence)

/** Whether a sentence supposes, guesses, asks or tells what others say. The month is no "may". */
export const isUnsettled = (sentence: string): boolean => open.test(sentence) || /\bmay\b/.test(sentence)

/** "Note that 24 is too many", "This makes sense since 3 + 4 = 7" */
export function isRemark(sentence: string, concludes: boolean): boolean {
  if (opensRemark.test(sentence) || remark.test(sentence)) return true
  // The exact value stands before it.
  if (/\b(?:about|approximately|approx|roughly|around)\s[$€£]?\d|≈/.test(sentence)) return true
  return !concludes && beside.test(sentence)
}

/** "Either might be right." */
export function isUndecided(sentence: string): boolean {
  return /\b(?:either|both|any|one)\b[^.]{0,20}\s(?:might|may|could|can) be (?:right|correct|true|the answer)\b/i.test(
    sentence,
  )
}
