// A plain object of unknown content: what configurations and result files are until they are looked into.

/** An object with names for keys. */
export type PlainRecord = Readonly<Record<string, unknown>>

/** True for plain objects; not for lists. */
export const isRecord = (value: unknown): value is PlainRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
