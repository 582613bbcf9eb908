"""Records what the official Tinker SDK (0.25 or later) writes and how it reads it: `record.py recorded.jsonl`.

Requests go through the SDK's own encoder, answers through its message classes and its own decoder. Maps are written in
the order of their keys, which protobuf leaves open. `written` says that a program with only what `message` holds can write
the same bytes. What JSON has no number for is a string."""

import base64
import json
import math
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from tinker import types
from tinker.proto import tinker_public_pb2 as pb
from tinker.proto.request_conv import forward_backward_request_to_proto
from tinker.proto.response_conv import deserialize_forward_backward_output, deserialize_sample_response

ELEMENT = {pb.DTYPE_FLOAT32: np.float32, pb.DTYPE_INT64: np.int64}
NAME = {pb.DTYPE_FLOAT32: "float32", pb.DTYPE_INT64: "int64"}


def number(x):
    return {math.inf: "Infinity", -math.inf: "-Infinity"}.get(x, x) if x == x else "NaN"


def numbers(values):
    return [numbers(x) if isinstance(x, list) else number(x) for x in np.asarray(values).tolist()]


def base64_of(message):
    return base64.b64encode(message.SerializeToString(deterministic=True)).decode()


def ints(*values):
    return types.TensorData(data=list(values), dtype="int64", shape=[len(values)])


def floats(*values):
    return types.TensorData(data=list(values), dtype="float32", shape=[len(values)])


def text(*tokens):
    return types.ModelInput.from_ints(list(tokens))


# Requests


def request(name, data, *, loss="cross_entropy", config=None, forward_only=False, seq_id=1, model="m-1", refused=False):
    body = types.ForwardBackwardRequest(
        model_id=model,
        seq_id=seq_id,
        forward_backward_input=types.ForwardBackwardInput(data=data, loss_fn=loss, loss_fn_config=config),
    )
    message = forward_backward_request_to_proto(body)
    # As resources/training.py does.
    message.forward_only = forward_only
    case = {"name": name, "base64": base64_of(message)}
    if refused:
        return {**case, "refused": True}
    # Text in pieces becomes one, and newer SDKs write a configuration twice.
    written = all(len(datum.model_input) == 1 for datum in message.data) and not getattr(message, "loss_fn_config_v2", None)
    return {**case, "written": written, "message": read_request(message)}


def read_request(message):
    return {
        "modelId": message.model_id,
        "seqId": message.seq_id,
        "lossFn": message.loss_fn,
        "config": dict(sorted(message.loss_fn_config.items())),
        "forwardOnly": message.forward_only,
        "data": [
            {
                "tokens": [
                    token
                    for chunk in datum.model_input
                    for token in np.frombuffer(chunk.encoded_text.tokens, np.int32).tolist()
                ],
                "inputs": {key: read_tensor(datum.loss_fn_inputs[key]) for key in sorted(datum.loss_fn_inputs)},
            }
            for datum in message.data
        ],
    }


def read_tensor(tensor):
    return {
        "dtype": NAME[tensor.dtype],
        "shape": list(tensor.shape),
        "data": numbers(np.frombuffer(tensor.dense, ELEMENT[tensor.dtype])),
    }


def datum(*tokens, **inputs):
    return types.Datum(model_input=text(*tokens), loss_fn_inputs=inputs)


def requests():
    plain = datum(1, 5, 4, target_tokens=ints(5, 4, 2), weights=floats(0, 1, 0.1))
    long = datum(*range(70), target_tokens=ints(*range(1, 71)), weights=floats(*np.linspace(-2, 2, 65), *[1] * 5))
    extreme = datum(0, 2**31 - 1, target_tokens=ints(-(2**31), 2**31 - 1), weights=floats(-0.0, 3.4e38))
    rl = datum(7, 8, target_tokens=ints(8, 9), logprobs=floats(-0.5, -2.25), advantages=floats(1e-9, -3), weights=floats(1, 1))
    matrix = types.TensorData(data=[5, 6, 7, 8], dtype="int64", shape=[2, 2])
    shares = types.TensorData(data=[0.5, 0.5, 0.25, 0.75], dtype="float32", shape=[2, 2])
    sparse = types.TensorData(
        data=[0.5, 0.25], dtype="float32", shape=[2, 9], sparse_crow_indices=[0, 1, 2], sparse_col_indices=[3, 8]
    )
    pieces = types.ModelInput(
        chunks=[types.EncodedTextChunk(tokens=[1, 2]), types.EncodedTextChunk(tokens=[]), types.EncodedTextChunk(tokens=[3])]
    )
    image = types.ModelInput(chunks=[types.ImageChunk(data=b"not an image", format="png", expected_tokens=4)])
    return [
        request("one sequence", [plain]),
        request("several, one of them long", [plain, long, extreme], seq_id=2**21 + 5),
        request("advantages and a configuration", [rl], loss="ppo", config={"clip_low_threshold": 0.8, "clip_high_threshold": 1.28}),
        request("forward only", [plain], forward_only=True, seq_id=300),
        request("soft targets", [datum(1, 5, target_tokens=matrix, weights=shares)]),
        request("a name beyond ASCII", [plain], model="modèle-β:train:0"),
        request("no number and no sequence", [], seq_id=0),
        request("empty tensors", [datum(1, target_tokens=ints(), weights=floats())]),
        request("text in pieces", [types.Datum(model_input=pieces, loss_fn_inputs={"target_tokens": ints(2, 3, 4)})]),
        request("sparse weights", [datum(1, 5, target_tokens=ints(5, 4), weights=sparse)], refused=True),
        request("an image", [types.Datum(model_input=image, loss_fn_inputs={"weights": floats(1)})], refused=True),
    ]


# Answers to passes


def batch(arrays, dtype=pb.DTYPE_FLOAT32, trailing=()):
    parts = [np.ascontiguousarray(array).tobytes() for array in arrays]
    offsets = np.cumsum([0, *map(len, parts)]).astype(np.int64)
    return pb.BatchedTensor(data=b"".join(parts), offsets=offsets.tobytes(), dtype=dtype, trailing_shape=trailing)


def f32(*rows):
    return batch([np.array(row, np.float32) for row in rows])


def record(count, tag="", **fields):
    return pb.ArrayRecord(type_tag=tag, fields=fields, num_datums=count)


def bfloat16(*values):
    return (np.array(values, np.float32).view(np.uint32) >> 16).astype(np.uint16)


def output(name, records, metrics=None, kind="scalar", written=False):
    message = pb.ForwardBackwardOutput(loss_fn_output_type=kind, loss_fn_outputs=records, metrics=metrics or {})
    read = deserialize_forward_backward_output(message.SerializeToString())
    return {
        "name": name,
        "base64": base64_of(message),
        "written": written,
        "message": {
            "outputType": read.loss_fn_output_type,
            "metrics": {key: number(read.metrics[key]) for key in sorted(read.metrics)},
            "outputs": [
                {
                    key: {"dtype": one[key].dtype, "shape": one[key].shape, "data": numbers(one[key].data)}
                    for key in sorted(one)
                }
                for one in read.loss_fn_outputs
            ],
        },
    }


def outputs():
    one, two = [-0.5, -2.25, -0.1], [-7]
    matrix = batch([np.arange(4, dtype=np.float32), np.arange(6, dtype=np.float32)], trailing=[2])
    return [
        output("log-probabilities", [record(2, logprobs=f32(one, two))], {"loss:sum": 2.5}, written=True),
        output("several fields", [record(1, elementwise_loss=f32(two), logprobs=f32(two))], {"b:mean": -1e-300, "a:max": 3}, written=True),
        output("integers of 64 bits", [record(2, ids=batch([np.array([5, -1]), np.array([2**31 - 1])], pb.DTYPE_INT64))], written=True),
        output("sequences without places", [record(3, logprobs=f32([], one, []))], written=True),
        output("many places", [record(2, logprobs=f32(np.linspace(-8, 0, 65), np.linspace(-1, 0, 33)))], {"x:sum": 1}, written=True),
        output("integers of 32 bits", [record(2, ids=batch([np.array([5, -1], np.int32), np.array([7], np.int32)], pb.DTYPE_INT32))]),
        output("bfloat16", [record(2, logprobs=batch([bfloat16(-1, 2.5, -0.15625), bfloat16(-3e38)], pb.DTYPE_BFLOAT16))]),
        output("rows of two numbers", [record(2, top=matrix)]),
        output("several records, tagged", [record(1, "Loss", logprobs=f32(one)), record(2, "Loss", logprobs=f32(two, one))]),
        output("records of different widths", [record(1, top=batch([np.arange(4, dtype=np.float32)], trailing=[2])), record(1, top=batch([np.arange(3, dtype=np.float32)], trailing=[3]))]),
        output("not a number", [record(1, logprobs=f32([np.nan, -np.inf]))], {"loss:sum": np.nan}),
        output("without a count, as older servers write", [record(0, logprobs=f32(one, two))]),
        output("sequences whose fields were left out", [record(2)]),
        output("nothing", [], {"loss:sum": 0}, kind="ArrayRecord", written=True),
    ]


# Samples


def sampled(tokens, logprobs=None, stop=pb.STOP_REASON_STOP):
    message = pb.SampledSequence(stop_reason=stop, tokens=np.array(tokens, np.int32).tobytes())
    if logprobs is not None:
        message.logprobs = np.array(logprobs, np.float32).tobytes()
    return message


def sample(name, sequences, *, prompt=None, top=None, cached=0, written=True):
    message = pb.SampleResponse(sequences=sequences, prompt_cache_hit_tokens=cached)
    if prompt is not None:
        message.prompt_logprobs = np.array(prompt, np.float32).tobytes()
    if top is not None:
        ids, logprobs = np.array(top[0], np.int32), np.array(top[1], np.float32)
        table = message.topk_prompt_logprobs
        table.token_ids, table.logprobs, table.k = ids.tobytes(), logprobs.tobytes(), ids.shape[1]
        # `prompt_length`, later `length`.
        setattr(table, table.DESCRIPTOR.fields_by_number[4].name, ids.shape[0])
    read = deserialize_sample_response(message.SerializeToString())
    table = read.topk_prompt_logprobs_np
    return {
        "name": name,
        "base64": base64_of(message),
        "written": written,
        "message": {
            "sequences": [
                {
                    "tokens": numbers(one.tokens_np),
                    "logprobs": None if one.logprobs_np is None else numbers(one.logprobs_np),
                    "stop": one.stop_reason,
                }
                for one in read.sequences
            ],
            "promptLogprobs": None if read.prompt_logprobs_np is None else numbers(read.prompt_logprobs_np),
            "top": None if table is None else {"ids": numbers(table.token_ids), "logprobs": numbers(table.logprobs)},
        },
    }


def samples():
    length = pb.STOP_REASON_LENGTH
    later = sampled([5, 2], [-0.5, -1])
    # Of fields that are not read here, newer SDKs have some.
    if "topk_sampled_logprobs" in later.DESCRIPTOR.fields_by_name:
        later.topk_sampled_logprobs.k = 3
    top = [[0, 0], [7, 3], [9, 0]], [[-99999, -99999], [-0.25, -2], [0, -99999]]
    return [
        sample("two sequences", [sampled([5, 6, 2], [-0.5, -0.25, -3]), sampled([9], [-0.1], length)]),
        sample("without log-probabilities", [sampled([5, 2])]),
        sample("an empty sequence", [sampled([])], written=False),
        sample("a long sequence", [sampled(range(65), np.linspace(-8, 0, 65), length)]),
        sample("log-probabilities of the prompt", [sampled([2], [-1])], prompt=[np.nan, -0.5, -2.25]),
        sample("likely tokens of the prompt", [sampled([2], [-1])], prompt=[np.nan, -0.25, 0], top=top),
        sample("what there is no need to read", [later], cached=64, written=False),
    ]


def write(path):
    """Adds this SDK's cases, one a line; of those that an earlier SDK did the same with, nothing is kept."""
    lines = path.read_text().splitlines() if path.exists() else []
    earlier = [case for case in map(json.loads, lines) if case["sdk"] != version("tinker")]
    known = [{key: value for key, value in case.items() if key != "sdk"} for case in earlier]
    made = [{"kind": kind, **case} for kind, make in KINDS.items() for case in make()]
    cases = earlier + [{"sdk": version("tinker"), **case} for case in made if case not in known]
    path.write_text("".join(json.dumps(case, ensure_ascii=False, separators=(",", ":")) + "\n" for case in cases))


KINDS = {"request": requests, "output": outputs, "sample": samples}

if __name__ == "__main__":
    write(Path(sys.argv[1]))
