// Servers: what all share, the OpenAI and the Tinker routes over the engine, and the dashboard.

// the dashboard
export { type DashboardOptions, dashboardRoutes } from './dashboard/dashboard-routes.ts'
export { webFolder } from './dashboard/pages/web-folder.ts'
// an app and its port
export { type AppOptions, createApp, type RouteGroup, type ServeContext, type ServeEnv } from './http/app.ts'
export { isLoopback } from './http/guards.ts'
export { DEFAULT_MAX_BODY_BYTES } from './http/json-body.ts'
export { type Listening, type ListenOptions, listen } from './http/listen.ts'
export { Traffic } from './http/traffic.ts'
// the OpenAI protocol
export type { Capacity } from './openai/admission.ts'
export { fingerprintOf } from './openai/fingerprint.ts'
export { openAiRoutes } from './openai/routes.ts'
export type { SamplingStrategy, ServedModel } from './openai/served-model.ts'
export type { OpenAiOptions } from './openai/service.ts'
// the Tinker protocol
export { type TinkerOptions, type TinkerRoutes, tinkerRoutes } from './tinker/index.ts'
