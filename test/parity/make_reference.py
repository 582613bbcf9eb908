"""Makes tiny random models with transformers and records their logits.

Usage: python test/parity/make_reference.py OUT [NAME ...]

OUT gets one folder per model, written by save_pretrained, and beside its files
  reference.json         {"ids": [[int, ...], ...], "shape": [B, T, V]}
  reference.safetensors  `logits` [B, T, V], float32, computed from the stored weights cast to float32
and OUT/models.json, the list of names. Weights, norms and biases are all random, so that a mistake
with any of them shows. NAME limits the work to some models. The same call gives the same numbers.
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM, LlamaConfig, Phi3Config, Qwen2Config, Qwen3Config

LLAMA3_ROPE = {
    "rope_type": "llama3",
    "rope_theta": 500.0,
    "factor": 4.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 16,
}


def longrope(pairs, theta):
    """Short and long factors that differ, so that taking the wrong list shows."""
    return {
        "rope_type": "longrope",
        "rope_theta": theta,
        "short_factor": [1.0 + 0.1 * i for i in range(pairs)],
        "long_factor": [1.5 + 0.7 * i for i in range(pairs)],
    }


def sizes(**changes):
    base = dict(
        vocab_size=61,
        hidden_size=48,
        intermediate_size=70,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=64,
        bos_token_id=1,
        eos_token_id=2,
        pad_token_id=0,
    )
    return {**base, **changes}


def models():
    """name -> (configuration, options): dtype stored, shard size, length of the sequences."""
    plain_rope = {"rope_type": "default", "rope_theta": 10000.0}
    phi_rope = {"rope_type": "default", "rope_theta": 10000.0, "partial_rotary_factor": 0.5}
    return {
        "llama-tied": (LlamaConfig(**sizes(tie_word_embeddings=True, rope_parameters=plain_rope)), {}),
        "llama-llama3-rope": (LlamaConfig(**sizes(num_hidden_layers=3, rope_parameters=LLAMA3_ROPE)), {"length": 40}),
        "llama-linear-rope": (
            LlamaConfig(**sizes(head_dim=10, rope_parameters={"rope_type": "linear", "rope_theta": 1e4, "factor": 2.5})),
            {},
        ),
        "llama-biases": (LlamaConfig(**sizes(attention_bias=True, mlp_bias=True, rope_parameters=plain_rope)), {}),
        "llama-bf16": (LlamaConfig(**sizes(rope_parameters=plain_rope)), {"dtype": torch.bfloat16}),
        "qwen2": (Qwen2Config(**sizes(hidden_size=42, num_attention_heads=3, num_key_value_heads=1)), {}),
        "qwen2-sharded": (Qwen2Config(**sizes(tie_word_embeddings=True)), {"shard": "30KB"}),
        "qwen3": (Qwen3Config(**sizes(hidden_size=33, head_dim=12, rope_parameters={"rope_type": "default", "rope_theta": 1e6})), {}),
        "qwen3-f16-biases": (Qwen3Config(**sizes(head_dim=8, attention_bias=True)), {"dtype": torch.float16}),
        "phi3": (Phi3Config(**sizes(original_max_position_embeddings=64, rope_parameters=phi_rope)), {}),
        "phi3-longrope-short": (
            Phi3Config(
                **sizes(
                    hidden_size=64,
                    original_max_position_embeddings=32,
                    rope_parameters={**longrope(6, 1e4), "partial_rotary_factor": 0.75},
                )
            ),
            {"length": 20},
        ),
        "phi3-longrope-long": (
            Phi3Config(
                **sizes(
                    hidden_size=64,
                    tie_word_embeddings=True,
                    original_max_position_embeddings=16,
                    rope_parameters={**longrope(6, 1e4), "partial_rotary_factor": 0.75},
                )
            ),
            {"length": 40},
        ),
    }


def randomise(model, generator):
    """Weights with a spread of about 1 / sqrt(fan-in), norms around 1, biases around 0."""
    for name, weight in model.named_parameters():
        noise = torch.randn(weight.shape, generator=generator)
        if weight.dim() == 1:
            weight.data = noise * 0.3 + (0.0 if name.endswith("bias") else 1.0)
        else:
            weight.data = noise * (1.0 if "embed_tokens" in name else 1.4 / weight.shape[1] ** 0.5)


@torch.no_grad()
def make(name, config, out, dtype=torch.float32, shard="5GB", length=24):
    generator = torch.Generator().manual_seed(sum(map(ord, name)))
    model = AutoModelForCausalLM.from_config(config)
    randomise(model, generator)
    model.tie_weights()
    folder = out / name
    model.to(dtype).save_pretrained(folder, max_shard_size=shard)
    stored = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    ids = torch.randint(3, config.vocab_size, (3, length), generator=generator)
    logits = stored(input_ids=ids).logits
    save_file({"logits": logits.contiguous()}, folder / "reference.safetensors")
    (folder / "reference.json").write_text(json.dumps({"ids": ids.tolist(), "shape": list(logits.shape)}))


def main(out, names):
    out = Path(out)
    out.mkdir(parents=True, exist_ok=True)
    chosen = {name: model for name, model in models().items() if not names or name in names}
    for name, (config, options) in chosen.items():
        make(name, config, out, **options)
    (out / "models.json").write_text(json.dumps(list(chosen)))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
