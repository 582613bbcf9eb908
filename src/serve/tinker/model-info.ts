// What is known of a model besides its numbers.

/** What is written down of a model when it is made. */
export interface ModelInfo {
  readonly model_id: string
  readonly session_id: string
  readonly model_seq_id?: number
  /** Of the request that made it. */
  readonly hash: string
  readonly base_model: string
  readonly rank: number
  readonly seed: number
  readonly train_mlp: boolean
  readonly train_attn: boolean
  readonly user_metadata?: Readonly<Record<string, unknown>>
  readonly created: number
  readonly unloaded?: boolean
  /** A checkpoint to begin from, for a model that is made by loading one. */
  readonly from?: { readonly path: string; readonly optimizer: boolean }
}
