// Every nn operator, drawn at random: ONNX Runtime and finite differences against the interpreter.

import { itConforms } from './__fixtures__/conformance.ts'
import { nnCases } from './__fixtures__/nn-cases.ts'

itConforms(nnCases)
