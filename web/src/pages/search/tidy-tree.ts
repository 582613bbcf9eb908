// Where the nodes of a tree are drawn: the algorithm of Reingold and Tilford (1981) for any number of children, in linear
// time after Buchheim, Juenger and Leipert (2002). Depth and breadth come in units; the drawing makes pixels of them.
// A parent stands before its children in the list, so that no recursion is needed: a search can be one chain of thousands.

/** Positions of the nodes, in the order in which they were given. */
export interface TreeLayout {
  /** [N] edges from the root. */
  readonly depths: Int32Array
  /** [N] across the levels; the least is 0, neighbours of one level are 1 or more apart. */
  readonly breadths: Float64Array
  readonly maxDepth: number
  readonly maxBreadth: number
}

/** Nodes with another parent stand somewhat further apart. */
const COUSINS = 1.35

/** Lays out a tree or several: `parents[n]` is the index of n's parent, less than n, or -1 for a root. */
export function layoutTree(parents: readonly number[]): TreeLayout {
  // Number 0 is a root above all roots, so that several trees are one.
  const count = parents.length + 1
  const parentOf = Int32Array.from([-1, ...parents.map((parent) => parent + 1)])
  const depths = new Int32Array(parents.length)
  for (let n = 1; n < count; n++) if (parentOf[n] > 0) depths[n - 1] = depths[parentOf[n] - 1] + 1
  const absolute = breadthsOf(parentOf)
  let [least, most, maxDepth] = [Infinity, -Infinity, 0]
  for (let n = 1; n < count; n++) {
    least = Math.min(least, absolute[n])
    most = Math.max(most, absolute[n])
    maxDepth = Math.max(maxDepth, depths[n - 1])
  }
  const breadths = absolute.subarray(1).map((breadth) => breadth - least)
  return { depths, breadths, maxDepth, maxBreadth: count === 1 ? 0 : most - least }
}

/** Breadths with the root's at any place. The names of the arrays are those of the paper. */
function breadthsOf(parentOf: Int32Array): Float64Array {
  const count = parentOf.length
  const { first, last, next, previous, number } = family(parentOf)
  const prelim = new Float64Array(count)
  const mod = new Float64Array(count)
  const shift = new Float64Array(count)
  const change = new Float64Array(count)
  const thread = new Int32Array(count).fill(-1)
  const ancestor = Int32Array.from({ length: count }, (_, n) => n)

  const leftmost = (n: number): number => (first[n] >= 0 ? first[n] : thread[n])
  const rightmost = (n: number): number => (last[n] >= 0 ? last[n] : thread[n])
  const gap = (a: number, b: number): number => (parentOf[a] === parentOf[b] ? 1 : COUSINS)

  /** Moves the subtree of `right` away from that of its sibling `left`, and those between them in proportion. */
  const moveApart = (left: number, right: number, by: number): void => {
    const between = number[right] - number[left]
    change[right] -= by / between
    change[left] += by / between
    shift[right] += by
    prelim[right] += by
    mod[right] += by
  }

  /** Pushes the subtree of `n` off those of its left siblings, along the two contours. */
  const apportion = (n: number, defaultAncestor: number): number => {
    let [insideRight, outsideRight] = [n, n]
    let [insideLeft, outsideLeft] = [previous[n], first[parentOf[n]]]
    let [sumInRight, sumOutRight, sumInLeft, sumOutLeft] = [mod[n], mod[n], mod[insideLeft], mod[outsideLeft]]
    while (rightmost(insideLeft) >= 0 && leftmost(insideRight) >= 0) {
      insideLeft = rightmost(insideLeft)
      insideRight = leftmost(insideRight)
      outsideLeft = leftmost(outsideLeft)
      outsideRight = rightmost(outsideRight)
      ancestor[outsideRight] = n
      const by = prelim[insideLeft] + sumInLeft - (prelim[insideRight] + sumInRight) + gap(insideLeft, insideRight)
      if (by > 0) {
        const theirs = ancestor[insideLeft]
        moveApart(parentOf[theirs] === parentOf[n] ? theirs : defaultAncestor, n, by)
        sumInRight += by
        sumOutRight += by
      }
      sumInLeft += mod[insideLeft]
      sumInRight += mod[insideRight]
      sumOutLeft += mod[outsideLeft]
      sumOutRight += mod[outsideRight]
    }
    if (rightmost(insideLeft) >= 0 && rightmost(outsideRight) < 0) {
      thread[outsideRight] = rightmost(insideLeft)
      mod[outsideRight] += sumInLeft - sumOutRight
    }
    if (leftmost(insideRight) >= 0 && leftmost(outsideLeft) < 0) {
      thread[outsideLeft] = leftmost(insideRight)
      mod[outsideLeft] += sumInRight - sumOutLeft
      return n
    }
    return defaultAncestor
  }

  // From the last parent to the first, every child's own subtree is laid out when its parent's turn comes.
  for (let parent = count - 1; parent >= 0; parent--) {
    if (first[parent] < 0) continue
    let defaultAncestor = first[parent]
    for (let child = first[parent]; child >= 0; child = next[child]) {
      // Until now, prelim holds the middle of the child's own children.
      const left = previous[child]
      if (left >= 0) {
        const middle = prelim[child]
        prelim[child] = prelim[left] + 1
        mod[child] = first[child] >= 0 ? prelim[child] - middle : 0
        defaultAncestor = apportion(child, defaultAncestor)
      }
    }
    let [shifts, changes] = [0, 0]
    for (let child = last[parent]; child >= 0; child = previous[child]) {
      prelim[child] += shifts
      mod[child] += shifts
      changes += change[child]
      shifts += shift[child] + changes
    }
    prelim[parent] = (prelim[first[parent]] + prelim[last[parent]]) / 2
  }

  const breadths = new Float64Array(count)
  const carried = new Float64Array(count)
  for (let n = 1; n < count; n++) {
    carried[n] = carried[parentOf[n]] + mod[parentOf[n]]
    breadths[n] = prelim[n] + carried[n]
  }
  return breadths
}

/** First and last child, next and previous sibling, and number among the siblings; -1 where there is none. */
function family(parentOf: Int32Array) {
  const none = (): Int32Array => new Int32Array(parentOf.length).fill(-1)
  const [first, last, next, previous] = [none(), none(), none(), none()]
  const number = new Int32Array(parentOf.length)
  for (let n = 1; n < parentOf.length; n++) {
    const parent = parentOf[n]
    const before = last[parent]
    if (before < 0) first[parent] = n
    else {
      next[before] = n
      previous[n] = before
      number[n] = number[before] + 1
    }
    last[parent] = n
  }
  return { first, last, next, previous, number }
}
