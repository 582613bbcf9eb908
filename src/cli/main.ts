// Entry of the `gradus` command. Imported by bin/gradus.mjs, it runs at once and ends the process.
import { processIo } from './io.ts'
import { runProgram } from './program.ts'
import { packageVersion } from './version.ts'

process.exit(await runProgram(process.argv.slice(2), processIo(), packageVersion))
