// Losses add and scale. A sum may be skipped on a sequence only where every term may.
import type { Loss, LossTerms } from '../../contracts/index.ts'
import { mul, add as plus } from '../../tensor/index.ts'

const union = (lists: readonly (readonly string[] | undefined)[]): string[] => [
  ...new Set(lists.flatMap((list) => list ?? [])),
]

/** The sum of losses. */
export function add(...losses: readonly Loss[]): Loss {
  if (losses.length === 1) return losses[0]
  const [{ vanishesWith }] = losses
  return {
    id: losses.map(({ id }) => id).join('+'),
    fields: union(losses.map(({ fields }) => fields)),
    scalars: union(losses.map(({ scalars }) => scalars)),
    wants: [...new Set(losses.flatMap(({ wants }) => wants))],
    coefficients: union(losses.map(({ coefficients }) => coefficients)),
    perExample: union(losses.map(({ perExample }) => perExample)),
    ...(losses.every((loss) => loss.vanishesWith === vanishesWith) && { vanishesWith }),
    formula: losses
      .map(({ formula, id }) => formula ?? id)
      .filter((formula) => formula !== '')
      .join('  +  '),
    terms(x) {
      const all = losses.map((loss) => loss.terms(x))
      return {
        total: all.map(({ total }) => total).reduce((a, b) => plus(a, b)),
        report: Object.assign({}, ...all.map(({ report }) => report)) as LossTerms['report'],
        reportMax: Object.assign({}, ...all.map(({ reportMax }) => reportMax)) as LossTerms['report'],
      }
    },
  }
}

/** A loss times a scheduled number, which the stage gives under this name. */
export const scale = (coefficient: string, loss: Loss): Loss => ({
  ...loss,
  id: `${coefficient}*${loss.id}`,
  coefficients: [...loss.coefficients, coefficient],
  formula: `${coefficient} · (${loss.formula ?? loss.id})`,
  terms(x) {
    const { total, ...rest } = loss.terms(x)
    return { ...rest, total: mul(x.coefficient(coefficient), total) }
  },
})
