// The server side of the Tinker protocol over the embedded engine.
export { DEFAULT_LIMITS, type Limits } from './limits.ts'
export { type TinkerRoutes, tinkerRoutes } from './routes.ts'
export type { TinkerOptions } from './server.ts'
