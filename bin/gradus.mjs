#!/usr/bin/env node
// The `gradus` command. Runs the built command line of an installed package, or in a clone the TypeScript source
// through tsx. Plain JavaScript without dependencies, so that it can say what is missing on any Node.
import { existsSync } from 'node:fs'

const [major, minor] = process.versions.node.split('.').map(Number)
const built = new URL('../dist/cli/main.js', import.meta.url)
const source = new URL('../src/cli/main.ts', import.meta.url)

function fail(code, message, hint) {
  process.stderr.write(`error[${code}]: ${message}\n  ${hint}\n`)
  process.exit(1)
}

if (major < 20 || (major === 20 && minor < 19)) {
  fail(
    'usage/node-too-old',
    `Gradus needs Node 20.19 or newer; this is ${process.versions.node}.`,
    'Install a current Node and try again.',
  )
}

try {
  if (existsSync(built)) {
    await import(built.href)
  } else {
    const { register } = await import('tsx/esm/api')
    register()
    await import(source.href)
  }
} catch (error) {
  // Only a missing package: a file of ours that is missing is a bug, and its stack is the useful message.
  const missing = error?.code === 'ERR_MODULE_NOT_FOUND' && /Cannot find package '([^']+)'/.exec(error.message)?.[1]
  if (!missing) throw error
  fail(
    'usage/missing-dependency',
    `the package '${missing}' is not installed.`,
    "Run 'npm ci' in the folder of Gradus and try again.",
  )
}
