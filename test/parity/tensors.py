"""Reads and writes safetensors files with Python's own library, for comparison with ours.

Usage: python test/parity/tensors.py read FILE [FILE ...]
         prints one JSON line per file: {"metadata": {...}, "tensors": {name: {"dtype", "shape", "values"}}}
       python test/parity/tensors.py write OUT
         writes OUT/<dtype>.safetensors, all from the same list of numbers, and OUT/sorted.safetensors
"""

import json
import sys
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

NUMBERS = [0.0, -1.0, 1.5, 0.1, 2.71, 65504.0, 1e-7, -2.5e-5]


def read(files):
    for file in files:
        with safe_open(file, framework="pt") as opened:
            tensors = {name: opened.get_tensor(name) for name in opened.keys()}
            described = {
                name: {
                    "dtype": str(t.dtype).removeprefix("torch."),
                    "shape": list(t.shape),
                    "values": t.flatten().to(torch.float64).tolist(),
                }
                for name, t in tensors.items()
            }
            print(json.dumps({"metadata": opened.metadata(), "tensors": described}))


def write(out):
    numbers = torch.tensor(NUMBERS, dtype=torch.float64)
    for dtype in (torch.float32, torch.float16, torch.bfloat16, torch.float64):
        name = str(dtype).removeprefix("torch.")
        save_file({"x": numbers.to(dtype).reshape(2, 4), "one": numbers[2].to(dtype).clone()}, Path(out) / f"{name}.safetensors")
    whole = {"i64": torch.tensor([-2, 3]), "flag": torch.tensor([True, False]), "u8": torch.tensor([7], dtype=torch.uint8)}
    save_file(whole, Path(out) / "raw.safetensors")
    pair = {"b.weight": torch.tensor([[1.0, 2.0]]), "a.weight": torch.tensor([0.5])}
    save_file(pair, Path(out) / "sorted.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["read", *files] if files:
            read(files)
        case ["write", out]:
            write(out)
        case _:
            sys.exit(__doc__)
