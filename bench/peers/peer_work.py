"""What the peers share: the work that `work.ts` wrote, and medians."""

import json
import os
import sys
from pathlib import Path

THREADS = 2
# Before torch is imported.
os.environ.setdefault("OMP_NUM_THREADS", str(THREADS))
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")


def read_work(work: str, size: str) -> dict:
    return json.loads((Path(work) / size / "work.json").read_text())


def model_folder(work: str, size: str) -> str:
    return str(Path(work) / size / "model")


def median(values: list[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def report(result: dict) -> None:
    """One line of JSON on stdout, the last."""
    print(json.dumps(result))
    sys.stdout.flush()
