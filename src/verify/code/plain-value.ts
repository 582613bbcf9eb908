// The type of plain data that a program hands back, whichever its language. No code.

/** Plain data of either language. */
export type Value =
  | null
  | boolean
  | number
  | string
  | readonly Value[]
  | {
      readonly kind: 'integer'
      /** Beyond 2^53, where a number would round. */
      readonly value: bigint
    }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'tuple' | 'set'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Value, Value])[] }
  | {
      readonly kind: 'other'
      /** Name of a type that is not plain data. */
      readonly type: string
    }
