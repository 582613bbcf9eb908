// The messages of a TensorBoard event file, as tensorboard/compat/proto/{event,summary,tensor}.proto and the plugins'
// plugin_data.proto define them. Field numbers beside the calls are theirs.
import { bytes, double, float, integer, message } from '../bytes/protobuf.ts'
import type { Plain } from '../flat-config.ts'

/** What a file begins with. */
export function versionEvent(atMs: number): Uint8Array {
  return message(double(1, atMs / 1000), bytes(3, 'brain.Event:2'))
}

/** Values of one moment; `values` are what the other functions here make. */
export function summaryEvent(atMs: number, step: number, values: readonly Uint8Array[]): Uint8Array {
  return message(double(1, atMs / 1000), integer(2, step), bytes(5, message(...values.map((value) => bytes(1, value)))))
}

/** A number. It becomes a float: `simple_value` is what every version of every reader takes for a scalar. */
export function scalar(tag: string, value: number): Uint8Array {
  return message(bytes(1, tag), float(2, value))
}

/** Markdown of the text plugin. */
export function text(tag: string, markdown: string): Uint8Array {
  const oneDimension = bytes(2, bytes(2, integer(1, 1)))
  const tensor = message(integer(1, stringType), oneDimension, bytes(8, markdown))
  return message(bytes(1, tag), bytes(8, tensor), bytes(9, metadata('text', new Uint8Array(), tensorClass)))
}

/** Hyper-parameters, of the plugin of that name. */
export function sessionStart(
  hyperparameters: readonly (readonly [string, Plain])[],
  group: string,
  startMs: number,
): Uint8Array {
  const info = message(
    ...hyperparameters.map(([name, value]) => bytes(1, message(bytes(1, name), bytes(2, plain(value))))),
    bytes(4, group),
    double(5, startMs / 1000),
  )
  return hparamsValue('_hparams_/session_start_info', bytes(3, info))
}

/** How a session stands; its numbers are the plugin's. */
export const sessionStatus = { success: 1, failure: 2, running: 3 } as const

/** The end of what {@link sessionStart} began. */
export function sessionEnd(status: keyof typeof sessionStatus, endMs: number): Uint8Array {
  const info = message(integer(1, sessionStatus[status]), double(2, endMs / 1000))
  return hparamsValue('_hparams_/session_end_info', bytes(4, info))
}

const stringType = 7 // DT_STRING
const tensorClass = 2 // DATA_CLASS_TENSOR

function hparamsValue(tag: string, data: Uint8Array): Uint8Array {
  return message(bytes(1, tag), bytes(9, metadata('hparams', data)))
}

function metadata(plugin: string, content: Uint8Array, dataClass?: number): Uint8Array {
  const named = bytes(1, message(bytes(1, plugin), bytes(2, content)))
  return dataClass === undefined ? named : message(named, integer(4, dataClass))
}

// google.protobuf.Value
function plain(value: Plain): Uint8Array {
  if (typeof value === 'number') return double(2, value)
  return typeof value === 'string' ? bytes(3, value) : integer(4, value)
}
