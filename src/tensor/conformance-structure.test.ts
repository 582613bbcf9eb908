// Every structure operator, drawn at random: ONNX Runtime and finite differences against the interpreter.

import { itConforms } from './__fixtures__/conformance.ts'
import { structureCases } from './__fixtures__/structure-cases.ts'

itConforms(structureCases)
