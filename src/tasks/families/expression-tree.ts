// Expression trees over integers: drawn with an exact depth, written from left to right, changed at a leaf. It does not
// know what a sign means or which sign goes before another.
import type { Rng } from '../../base/rng.ts'

/** A number, or a sign between two trees. */
export type Tree = number | readonly [sign: string, left: Tree, right: Tree]

/**
 * A tree whose longest path has `depth` signs, with `operations` signs in all; `operations` is moved into what that
 * depth allows, `depth` to `2 ** depth - 1`.
 */
export function drawTree(
  depth: number,
  operations: number,
  parts: { number(): number; sign(): string },
  rng: Rng,
): Tree {
  if (depth < 1) return parts.number()
  const rest = Math.min(Math.max(operations, depth), 2 ** depth - 1) - 1
  const sign = parts.sign()
  const most = 2 ** (depth - 1) - 1
  // The deep side makes the depth; the other side takes what is left, at any depth that holds it.
  const fewest = Math.max(depth - 1, rest - most)
  const inDeep = fewest + rng.int(Math.min(most, rest) - fewest + 1)
  const inOther = rest - inDeep
  const shallowest = Math.ceil(Math.log2(inOther + 1))
  const otherDepth = shallowest + rng.int(Math.min(inOther, depth - 1) - shallowest + 1)
  const deep = drawTree(depth - 1, inDeep, parts, rng)
  const other = drawTree(otherDepth, inOther, parts, rng)
  return rng.int(2) === 0 ? [sign, deep, other] : [sign, other, deep]
}

/** The numbers of the tree, from left to right. */
export function leaves(tree: Tree): readonly number[] {
  return typeof tree === 'number' ? [tree] : [...leaves(tree[1]), ...leaves(tree[2])]
}

/** The same tree with other numbers, from left to right. */
export function withLeaves(tree: Tree, numbers: readonly number[]): Tree {
  let at = 0
  const copy = (node: Tree): Tree =>
    typeof node === 'number' ? numbers[at++] : [node[0], copy(node[1]), copy(node[2])]
  return copy(tree)
}

/** The tree's text: `leaf` writes the i-th number, `join` a sign between two texts with their trees. */
export function treeText(
  tree: Tree,
  leaf: (value: number, i: number) => string,
  join: (sign: string, left: Side, right: Side) => string,
): string {
  let at = 0
  const text = (node: Tree): string => {
    if (typeof node === 'number') return leaf(node, at++)
    const [sign, left, right] = node
    const before = text(left)
    return join(sign, { tree: left, text: before }, { tree: right, text: text(right) })
  }
  return text(tree)
}

/** One side of a sign. */
export interface Side {
  readonly tree: Tree
  readonly text: string
}
