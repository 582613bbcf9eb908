// The claims of recipes and what came of each: a row for each recipe, a cell for each of its claims. The one that is chosen
// shows its evidence, in words and drawn. Which one, and which outcomes are shown, is the page's to keep.
import { Choice } from '../../components/choice.tsx'
import { ForestPlot } from '../compare/forest-plot.tsx'
import { share, signed } from '../compare/verdict.ts'
import { type Evidence, readEvidence } from './evidence.ts'
import type { ClaimOutcome, LabClaim } from './lab-results.ts'
import { countOutcomes } from './lab-summary.ts'
import { OutcomeMark, outcomeMeanings } from './outcome-mark.tsx'

interface ClaimsMatrixProps {
  readonly claims: readonly LabClaim[]
  /** The lab's own; claims may be about another. */
  readonly testbed: string
  /** `RECIPE:NUMBER`, or ''. */
  readonly chosen: string
  readonly onChoose: (key: string) => void
  readonly outcome: ClaimOutcome | 'all'
  readonly onOutcome: (outcome: ClaimOutcome | 'all') => void
}

interface KeyedClaim extends LabClaim {
  readonly key: string
}

/** Recipes by claims. */
export function ClaimsMatrix({ claims, testbed, chosen, onChoose, outcome, onOutcome }: ClaimsMatrixProps) {
  const byRecipe = new Map<string, KeyedClaim[]>()
  for (const claim of claims) {
    const own = byRecipe.get(claim.recipe) ?? []
    own.push({ ...claim, key: `${claim.recipe}:${own.length + 1}` })
    byRecipe.set(claim.recipe, own)
  }
  const rows = [...byRecipe].filter(([, own]) => own.some((claim) => outcome === 'all' || claim.outcome === outcome))
  return (
    <>
      <div class="controls">
        <Choice
          label="Claims that are shown"
          isLabelHidden
          look="segments"
          value={outcome}
          options={[
            { value: 'all' as const, label: `all ${claims.length}` },
            ...countOutcomes(claims).map(({ outcome: one, count }) => ({ value: one, label: `${one} ${count}` })),
          ]}
          onChange={onOutcome}
        />
      </div>
      {rows.length === 0 && <p class="muted">No claim came out so.</p>}
      <table class="lab-claims">
        <thead class="visually-hidden">
          <tr>
            <th scope="col">Recipe</th>
            <th scope="col">Claims</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([recipe, own]) => (
            <tr key={recipe}>
              <th scope="row">{recipe}</th>
              <td>
                <ul>
                  {own
                    .filter((claim) => outcome === 'all' || claim.outcome === outcome)
                    .map((claim) => (
                      <li key={claim.key}>
                        <button
                          type="button"
                          aria-expanded={claim.key === chosen}
                          onClick={() => onChoose(claim.key === chosen ? '' : claim.key)}
                        >
                          <OutcomeMark outcome={claim.outcome} />
                          <span>{claim.statement}</span>
                          {claim.testbed !== testbed && <span class="muted">on {claim.testbed}</span>}
                        </button>
                        {claim.key === chosen && <ClaimEvidence claim={claim} />}
                      </li>
                    ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function ClaimEvidence({ claim }: { readonly claim: LabClaim }) {
  const { parts, rest } = readEvidence(claim.evidence)
  const differences = parts.filter(({ isDifference }) => isDifference)
  return (
    <div class="lab-evidence">
      <p>{outcomeMeanings[claim.outcome]}</p>
      {rest.length > 0 && <p>{rest.join('; ')}</p>}
      {parts
        .filter(({ isDifference }) => !isDifference)
        .map((part) => (
          <p key={part.words}>
            {part.words}: {share(part.value)} [{share(part.low)}, {share(part.high)}]
          </p>
        ))}
      {differences.length > 0 && (
        <ForestPlot
          title="Differences, with 95 % intervals"
          line={{ at: 0, label: 'no difference', ...marginOf(differences) }}
          format={(value, digits) => (value === 0 ? '0' : value.toFixed(digits).replace('-', '−'))}
          rows={differences.map((part) => ({
            key: part.words,
            label: part.words,
            span: part,
            text: (
              <p>
                {signed(part.value)} [{signed(part.low)}, {signed(part.high)}]
                {part.margin !== undefined && `; the claim allows ${share(part.margin)} below 0`}
              </p>
            ),
          }))}
        />
      )}
    </div>
  )
}

// One band for all rows, where they agree on it.
function marginOf(parts: readonly Evidence[]): { low: number; high: number } | Record<string, never> {
  const margins = new Set(parts.map(({ margin }) => margin))
  const [margin] = margins
  return margins.size === 1 && margin !== undefined ? { low: -margin, high: 0 } : {}
}
