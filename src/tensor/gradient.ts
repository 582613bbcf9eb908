// Reverse-mode differentiation: from a scalar back through the graph, one rule per operator, giving new tensors.
// Only operators between `wrt` and the loss are visited. Knows no operator by name.
import { GradusError } from '../base/error.ts'
import { gradientRules } from './gradients/index.ts'
import { add } from './ops/elementwise.ts'
import { broadcastTo } from './ops/shaping.ts'
import { showShape } from './shape.ts'
import { constant, type Tensor, topologicalOrder } from './tensor.ts'

/**
 * Gradients of a scalar with respect to tensors it depends on; zeros where it does not.
 * @throws `tensor/not-scalar`, `tensor/no-gradient`
 */
export function gradients(loss: Tensor, wrt: readonly Tensor[]): Tensor[] {
  if (loss.shape.length !== 0)
    throw new GradusError('tensor/not-scalar', `gradients: the loss has shape ${showShape(loss.shape)}, not []`, {
      hint: 'Reduce it first, for example with sum(loss).',
    })
  const order = topologicalOrder([loss])
  const targets = new Set(wrt)
  const reaches = new Set<Tensor>()
  for (const node of order) if (targets.has(node) || node.inputs.some((x) => reaches.has(x))) reaches.add(node)

  const upstream = new Map<Tensor, Tensor>([[loss, constant(1)]])
  // An operator with several outputs is differentiated where its first one stands: all users of all come later.
  const first = new Map<readonly Tensor[], Tensor>()
  for (const node of order) if (!first.has(node.siblings)) first.set(node.siblings, node)
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]
    if (!node.siblings.some((output) => reaches.has(output)) || node.inputs.length === 0) continue
    if (first.get(node.siblings) !== node) continue
    const grads = node.siblings.map((output) => upstream.get(output))
    if (grads.every((g) => g === undefined)) continue
    const rule = gradientRules[node.op.kind]
    if (!rule)
      throw new GradusError('tensor/no-gradient', `operator "${node.op.kind}" has no gradient`, {
        hint: 'Wrap its input in stopGradient, or give it a rule in src/tensor/gradients.',
      })
    rule(node, grads).forEach((g, index) => {
      const x = node.inputs[index]
      if (!g || !reaches.has(x)) return
      const before = upstream.get(x)
      upstream.set(x, before ? add(before, g) : g)
    })
  }
  return wrt.map((x) => upstream.get(x) ?? broadcastTo(constant(0), x.shape))
}
