// Starts a Node child that speaks the protocol of sandbox-process.ts and does with each request what a line of script
// says; `request` is the parsed request, `send` writes a reply.
import { SandboxProcess } from '../sandbox-process.ts'

/** A started child of our own, for tests of the host's side. */
export function scriptedChild(onRequest: string): Promise<SandboxProcess> {
  const script = `
    const fs = require('node:fs')
    const send = (text) => fs.writeSync(4, text + '\\n')
    send('{"ready":true}')
    const bytes = Buffer.alloc(65536)
    let text = ''
    for (;;) {
      while (!text.includes('\\n')) {
        const count = fs.readSync(3, bytes)
        if (count === 0) process.exit(0)
        text += bytes.toString('utf8', 0, count)
      }
      const request = JSON.parse(text.slice(0, text.indexOf('\\n')))
      text = text.slice(text.indexOf('\\n') + 1)
      ${onRequest}
    }`
  return SandboxProcess.start({ file: process.execPath, args: ['-e', script] }, 20_000)
}
