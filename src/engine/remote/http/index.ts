// A client of one HTTP server, for protocols to be built upon.
export { HttpClient } from './http-client.ts'
// errors, and what is behind them
export { replyOf, serverMessage, statusError } from './http-error.ts'
export type { HttpCounters, HttpOptions, HttpReply, HttpRequest, RetryNote, RetryPolicy } from './http-types.ts'
export { Slots } from './slots.ts'
