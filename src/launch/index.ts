// Jobs on Ray clusters: what is launched, and what comes back.

// launching
export { jobRequest, type LaunchPlan, planOf, planOfJob } from './launch-plan.ts'
export { type Followed, type FollowOptions, followRun } from './metrics/follow-run.ts'
// their names and ours
export { type Reading, RowReader } from './metrics/row-reader.ts'
export { type NameTable, trlNames, verlNames } from './metrics/their-names.ts'
export { type Package, packageOf } from './package/package.ts'
export type { Files } from './package/zip.ts'
// Ray's Jobs API
export { followLog, type LogNews, lastLines } from './ray/follow-log.ts'
export { isOver, type Job, type JobRequest, type JobStatus } from './ray/job.ts'
export { RayJobs, type RayOptions, type WaitOptions } from './ray/ray-jobs.ts'
export { type Serving, waitForServer } from './ray/wait-for-server.ts'
// what can be launched
export { findSystem, launchSystems } from './systems/catalog.ts'
export type { Launch, LaunchProblems, LaunchSetting, LaunchSystem, RewardsAddress } from './systems/launch.ts'
export { trlTable } from './systems/trl-table.ts'
export { verlTable } from './systems/verl-table.ts'
