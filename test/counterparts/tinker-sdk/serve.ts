// A Tinker server over a tiny untrained model (13 letters, two layers), as a process of its own, so that it can be killed.
//   tsx serve.ts STATE_FOLDER [PORT] [LIMITS as JSON]
// It prints its address as JSON and ends with SIGTERM.
import { tinyServer } from './tiny-server.ts'

const [stateFolder, port = '0', limits = '{}'] = process.argv.slice(2)
const server = await tinyServer({ stateFolder, port: Number(port), limits: JSON.parse(limits) })
console.log(JSON.stringify({ url: server.url }))
process.once('SIGTERM', () => {
  void server.close().then(() => process.exit(0))
})
