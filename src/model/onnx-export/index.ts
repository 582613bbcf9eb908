// Decoders as ONNX files for transformers.js and ONNX Runtime.
export { type ExportOptions, exportOnnx, onnxBytes } from './export.ts'
