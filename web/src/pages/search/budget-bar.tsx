// Tokens spent so far, of those that may be spent; where no budget was set, of those that the search spent in the end.

const exact = new Intl.NumberFormat('en').format

interface BudgetBarProps {
  readonly spent: number
  readonly budget: number | null
  /** All that the search spent. */
  readonly total: number
}

/** The bar with its numbers. */
export function BudgetBar({ spent, budget, total }: BudgetBarProps) {
  const most = budget ?? total
  const share = most > 0 ? Math.min(1, spent / most) : 0
  const text =
    budget === null
      ? `${exact(spent)} of ${exact(total)} tokens; no budget was set`
      : `${exact(spent)} of ${exact(budget)} tokens${spent > budget ? ', over the budget' : ''}`
  return (
    <div class="search-budget">
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn alike by all browsers */}
      <div
        class="search-budget-bar"
        role="meter"
        aria-label="Tokens spent"
        aria-valuemin={0}
        aria-valuemax={most}
        aria-valuenow={Math.min(spent, most)}
        aria-valuetext={text}
      >
        <span class={budget !== null && spent > budget ? 'over' : ''} style={{ width: `${share * 100}%` }} />
      </div>
      <span>{text}</span>
    </div>
  )
}
