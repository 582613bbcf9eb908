// Verified rewards over HTTP.
export { type RewardOptions, rewardRoutes } from './routes.ts'
