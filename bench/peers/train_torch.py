"""Training steps in PyTorch, eager or compiled: the same Llama written plainly, same weights, same batch, AdamW.

    python bench/peers/train_torch.py --work DIR --size 0.8M [--compile] [--repetitions 20]

Scaled-dot-product attention, one fused q/k/v and gate/up product each and the fused AdamW: PyTorch at its best on a CPU
without changing what is computed.
"""

import argparse
import json
import time
from pathlib import Path

from peer_work import THREADS, median, model_folder, read_work, report

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import nn


class Block(nn.Module):
    def __init__(self, config: dict, tensors: dict, layer: int):
        super().__init__()
        name = f"model.layers.{layer}"
        self.heads = config["num_attention_heads"]
        self.eps = config["rms_norm_eps"]
        take = lambda *names: nn.Parameter(torch.cat([tensors[f"{name}.{n}.weight"] for n in names]))  # noqa: E731
        self.qkv = take("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj")
        self.out = take("self_attn.o_proj")
        self.gate_up = take("mlp.gate_proj", "mlp.up_proj")
        self.down = take("mlp.down_proj")
        self.norm_attention = take("input_layernorm")
        self.norm_mlp = take("post_attention_layernorm")

    def forward(self, x, cos, sin):
        rows, time_, width = x.shape
        h = F.rms_norm(x, (width,), self.norm_attention, self.eps)
        q, k, v = F.linear(h, self.qkv).view(rows, time_, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + F.linear(mixed.transpose(1, 2).reshape(rows, time_, -1), self.out)
        gate, up = F.linear(F.rms_norm(x, (width,), self.norm_mlp, self.eps), self.gate_up).chunk(2, dim=-1)
        return x + F.linear(F.silu(gate) * up, self.down)


def rotate(x, cos, sin):
    left, right = x.chunk(2, dim=-1)
    return torch.cat([left * cos - right * sin, right * cos + left * sin], dim=-1)


class PlainLlama(nn.Module):
    """Llama with tied embeddings and as many key heads as query heads, as the benchmark's models are."""

    def __init__(self, folder: str, time_: int):
        super().__init__()
        config = json.loads((Path(folder) / "config.json").read_text())
        tensors = load_file(str(Path(folder) / "model.safetensors"))
        assert config["tie_word_embeddings"] and config["num_key_value_heads"] == config["num_attention_heads"]
        self.eps = config["rms_norm_eps"]
        self.embedding = nn.Parameter(tensors["model.embed_tokens.weight"])
        self.blocks = nn.ModuleList(Block(config, tensors, layer) for layer in range(config["num_hidden_layers"]))
        self.norm = nn.Parameter(tensors["model.norm.weight"])
        width = config["hidden_size"] // config["num_attention_heads"]
        theta = config.get("rope_theta") or config["rope_parameters"]["rope_theta"]
        angles = torch.outer(torch.arange(time_).float(), theta ** (-torch.arange(0, width, 2).float() / width))
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())

    def forward(self, ids, targets):
        x = F.embedding(ids, self.embedding)
        for block in self.blocks:
            x = block(x, self.cos, self.sin)
        logits = F.linear(F.rms_norm(x, (x.shape[-1],), self.norm, self.eps), self.embedding)
        return F.cross_entropy(logits.flatten(0, 1), targets.flatten())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", help="folder that work.ts wrote")
    parser.add_argument("--size", default="0.8M")
    parser.add_argument("--repetitions", type=int, default=20)
    parser.add_argument("--compile", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(THREADS)
    rows = torch.tensor(read_work(options.work, options.size)["train_rows"])
    ids, targets = rows[:, :-1].contiguous(), rows[:, 1:].contiguous()
    model = PlainLlama(model_folder(options.work, options.size), ids.shape[1])
    matrices = [p for p in model.parameters() if p.ndim >= 2]
    gains = [p for p in model.parameters() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": gains, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=3e-4, betas=(0.9, 0.95), eps=1e-8, fused=True)
    loss_of = torch.compile(model) if options.compile else model
    speeds, losses = [], []
    # As on our side: two steps to warm up; the compiler works in the first.
    for repetition in range(-2, options.repetitions):
        start = time.perf_counter()
        loss = loss_of(ids, targets)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seconds = time.perf_counter() - start
        if repetition >= 0:
            speeds.append(ids.numel() / seconds)
            losses.append(loss.item())
    report({"tok_per_s": median(speeds), "losses": losses})


main()
