// Every elementwise operator, drawn at random: ONNX Runtime and finite differences against the interpreter.

import { itConforms } from './__fixtures__/conformance.ts'
import { elementwiseCases } from './__fixtures__/elementwise-cases.ts'

itConforms(elementwiseCases)
