"""Loads model folders that Gradus wrote and records what transformers computes from them.

Usage: python test/parity/check_ours.py FOLDER IDS_JSON [FOLDER IDS_JSON ...]

IDS_JSON holds {"ids": [[int, ...], ...]} (as reference.json does) or the bare list of lists.
Every folder is loaded with AutoModelForCausalLM in float32 and must have no missing, unexpected
or mismatched tensors. Its logits go to FOLDER/logits.safetensors: `logits` [B, T, V], float32.
Prints one JSON line per folder: {"folder": ..., "class": ..., "dtype": stored dtype, "shape": [B, T, V]}.
Exits 1 with a message when a folder does not load cleanly.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM


@torch.no_grad()
def check(folder, ids_file):
    model, info = AutoModelForCausalLM.from_pretrained(
        folder, dtype=torch.float32, attn_implementation="eager", output_loading_info=True
    )
    problems = {key: sorted(map(str, value)) for key, value in info.items() if value}
    if problems:
        sys.exit(f"{folder} does not load cleanly: {problems}")
    ids = json.loads(Path(ids_file).read_text())
    ids = ids["ids"] if isinstance(ids, dict) else ids
    logits = model.eval()(input_ids=torch.tensor(ids)).logits
    save_file({"logits": logits.contiguous()}, Path(folder) / "logits.safetensors")
    dtype = str(AutoConfig.from_pretrained(folder).dtype).removeprefix("torch.")
    print(json.dumps({"folder": folder, "class": type(model).__name__, "dtype": dtype, "shape": list(logits.shape)}))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if not arguments or len(arguments) % 2:
        sys.exit(__doc__)
    for pair in zip(arguments[::2], arguments[1::2]):
        check(*pair)
