// Which device a run gets. A model this small is seldom faster on a GPU, where every operator waits for the one before, so
// `auto` measures a few steps on both where both are there, and takes the faster.
import { messageOf } from '../../../../src/base/error.ts'
import type { CompileOptions } from '../../../../src/tensor/program.ts'
import { type Budget, probeOf } from './budgets.ts'
import { DemoRun } from './demo-run.ts'
import { Gate } from './gate.ts'
import type { DeviceChoice, DeviceFacts, FromWorker } from './messages.ts'
import { type WebBackend, webRuntime } from './runtime-web.ts'

/** A device with what runs on it. */
export interface ChosenDevice {
  readonly facts: DeviceFacts
  readonly compile: CompileOptions
}

/** Steps of each stage in a measurement; the last one counts. */
const PROBE_STEPS = 3

/** Loads what is wanted. @throws `engine/no-wasm`, and whatever WebGPU says when it alone is wanted */
export async function chooseDevice(
  choice: DeviceChoice,
  budget: Budget,
  say: (message: FromWorker) => void,
): Promise<ChosenDevice> {
  const wasm = async (why: string) => chosen('wasm', why)
  if (choice === 'wasm') return wasm('as you chose')
  const adapter = await findAdapter()
  if (choice === 'webgpu')
    return typeof adapter === 'string' ? wasm(`WebGPU was wanted, but ${adapter}`) : chosen('webgpu', 'as you chose')
  if (typeof adapter === 'string') return wasm(adapter)
  if (adapter.info?.isFallbackAdapter) return wasm('WebGPU is there, but only emulated on the CPU')
  const cpu = await wasm('')
  try {
    say({ kind: 'loading', what: 'Measuring a few steps on CPU and GPU' })
    const gpu = await chosen('webgpu', '')
    const [onCpu, onGpu] = [await secondsFor(cpu.compile, budget), await secondsFor(gpu.compile, budget)]
    const faster = onGpu < onCpu ? gpu : cpu
    const why = `measured for this budget: about ${Math.round(onCpu)} s on the CPU, ${Math.round(onGpu)} s on the GPU`
    return { ...faster, facts: { ...faster.facts, why } }
  } catch (error) {
    return { ...cpu, facts: { ...cpu.facts, why: `WebGPU failed here: ${messageOf(error)}` } }
  }
}

async function chosen(kind: WebBackend, why: string): Promise<ChosenDevice> {
  const threads = threadsOf()
  const runtime = await webRuntime(kind, threads)
  return { facts: { kind, threads, why }, compile: { runtime, device: kind === 'webgpu' ? 'webgpu' : 'cpu' } }
}

/** Threads need memory that they share, which a server must allow; more than two gain nothing at this size. */
const threadsOf = (): number => (self.crossOriginIsolated && navigator.hardwareConcurrency > 2 ? 2 : 1)

/** As much of WebGPU as is asked here. */
interface Adapter {
  readonly info?: { readonly isFallbackAdapter?: boolean }
}

/** The graphics processor, or why there is none. */
async function findAdapter(): Promise<Adapter | string> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<Adapter | null> } }
  if (gpu === undefined) return 'this browser has no WebGPU'
  // The build of the library that is used here waits for the GPU by suspending WebAssembly.
  if (!('Suspending' in WebAssembly)) return 'this browser cannot suspend WebAssembly, which WebGPU needs here'
  try {
    return (await gpu.requestAdapter()) ?? 'WebGPU finds no graphics processor'
  } catch (error) {
    return `WebGPU failed: ${messageOf(error)}`
  }
}

/** How long a whole run would take, by its last step of each stage. */
async function secondsFor(compile: CompileOptions, budget: Budget): Promise<number> {
  const seconds = { sft: 0, rl: 0 }
  let stage: 'sft' | 'rl' = 'sft'
  const say = (message: FromWorker): void => {
    if (message.kind === 'stage') stage = message.stage
    if (message.kind === 'metrics') seconds[stage] = message.row['time/step_s'] ?? 0
  }
  const gate = new Gate(
    () => performance.now(),
    () => {},
  )
  await new DemoRun({ budget: probeOf(budget, PROBE_STEPS), seed: 0, compile, gate, say }).run()
  return budget.size.sft.steps * seconds.sft + budget.size.grpo.steps * seconds.rl
}
