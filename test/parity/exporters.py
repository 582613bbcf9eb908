"""Reads exports of a run with the readers they are for, and prints what they found as JSON.

    python exporters.py FORMAT FOLDER

FOLDER is what `gradus export --to FORMAT --out FOLDER` wrote. Metrics are printed as name -> [[step, value], ...], where
a value that is no number is its name.
"""

import base64
import glob
import json
import math
import os
import struct
import sys


def plain(value):
    return value if math.isfinite(value) else str(value)


def tensorboard(folder):
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    from tensorboard.plugins.hparams import plugin_data_pb2

    (run,) = glob.glob(f"{folder}/*")
    events = EventAccumulator(run, size_guidance={"scalars": 0, "tensors": 0})
    events.Reload()
    start = events.SummaryMetadata("_hparams_/session_start_info").plugin_data
    session = plugin_data_pb2.HParamsPluginData.FromString(start.content).session_start_info
    return {
        "metrics": {
            tag: [[event.step, plain(event.value)] for event in events.Scalars(tag)] for tag in events.Tags()["scalars"]
        },
        "texts": sorted(tag for tag in events.Tags()["tensors"] if events.SummaryMetadata(tag).plugin_data.plugin_name == "text"),
        "settings": sorted(session.hparams),
    }


def wandb(folder):
    import zlib

    from wandb.proto import wandb_internal_pb2

    (path,) = glob.glob(f"{folder}/offline-run-*/run-*.wandb")
    with open(path, "rb") as file:
        data = file.read()
    assert data[:7] == b":W&B\xe1\xbe\x00"
    at, held, records = 7, b"", []
    while at < len(data):
        room = 32768 - at % 32768
        if room < 7:
            at += room
            continue
        check, size, kind = struct.unpack("<IHB", data[at : at + 7])
        chunk = data[at + 7 : at + 7 + size]
        assert zlib.crc32(bytes([kind]) + chunk) == check
        held, at = held + chunk, at + 7 + size
        if kind in (1, 4):
            records.append(wandb_internal_pb2.Record.FromString(held))
            held = b""
    metrics = {}
    for record in records:
        if record.WhichOneof("record_type") != "history":
            continue
        for item in record.history.item:
            (name,) = item.nested_key
            if not name.startswith("_"):
                value = plain(json.loads(item.value_json))
                metrics.setdefault(name, []).append([record.history.step.num, value])
    run = next(record.run for record in records if record.WhichOneof("record_type") == "run")
    return {"metrics": metrics, "settings": sorted(item.key for item in run.config.update), "name": run.display_name}


def mlflow(folder):
    os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
    from mlflow import MlflowClient

    client = MlflowClient(f"file://{folder}")
    (experiment,) = client.search_experiments()
    (run,) = client.search_runs([experiment.experiment_id])
    names = run.data.metrics
    return {
        "metrics": {
            name: [[point.step, plain(point.value)] for point in client.get_metric_history(run.info.run_id, name)]
            for name in names
        },
        "settings": sorted(run.data.params),
        "name": run.info.run_name,
        "status": run.info.status,
        "experiment": experiment.name,
        "artifacts": [file.path for file in client.list_artifacts(run.info.run_id)],
    }


def otel(folder):
    from google.protobuf.json_format import ParseDict
    from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
    from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
    from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

    def as_base64(value):
        """Ids are hexadecimal in OTLP and base64 in the JSON of protobuf."""
        if isinstance(value, list):
            return [as_base64(part) for part in value]
        if not isinstance(value, dict):
            return value
        ids = ("traceId", "spanId", "parentSpanId")
        return {
            key: base64.b64encode(bytes.fromhex(part)).decode() if key in ids else as_base64(part)
            for key, part in value.items()
        }

    def read(name, request):
        (path,) = glob.glob(f"{folder}/*/{name}.jsonl")
        with open(path, encoding="utf-8") as file:
            return [ParseDict(as_base64(json.loads(line)), request()) for line in file]

    traces = read("traces", ExportTraceServiceRequest)
    spans = [span for each in traces for span in each.resource_spans[0].scope_spans[0].spans]
    names = {span.span_id: span.name for span in spans}
    metrics = {}
    for request in read("metrics", ExportMetricsServiceRequest):
        for metric in request.resource_metrics[0].scope_metrics[0].metrics:
            for point in metric.gauge.data_points:
                value = point.as_double if point.WhichOneof("value") else "nan" if point.flags == 1 else None
                metrics.setdefault(metric.name, []).append([point.attributes[0].value.int_value, value])
    logs = [
        record
        for each in read("logs", ExportLogsServiceRequest)
        for record in each.resource_logs[0].scope_logs[0].log_records
    ]
    return {
        "metrics": metrics,
        "spans": [[span.name, names.get(span.parent_span_id), span.end_time_unix_nano - span.start_time_unix_nano] for span in spans],
        "logs": [record.body.string_value for record in logs],
    }


def parquet(folder):
    import pyarrow.parquet

    def table(name):
        (path,) = glob.glob(f"{folder}/*/{name}.parquet")
        return pyarrow.parquet.read_table(path)

    metrics = {}
    for row in table("metrics").to_pylist():
        for name, value in row.items():
            if name != "step" and value is not None:
                metrics.setdefault(name, []).append([row["step"], plain(value)])
    rollouts = table("rollouts")
    return {
        "metrics": metrics,
        "types": {field.name: str(field.type) for field in rollouts.schema},
        "rollouts": rollouts.to_pylist(),
        "events": [row["kind"] for row in table("events").to_pylist()],
    }


reader = {"tensorboard": tensorboard, "wandb": wandb, "mlflow": mlflow, "otel": otel, "parquet": parquet}[sys.argv[1]]
print(json.dumps(reader(sys.argv[2])))
