"""Decoding with Hugging Face `generate`: sampling at temperature 1, 128 new tokens after 16, no end of sequence.

    python bench/peers/generate_hf.py --work DIR --size 0.8M [--batches 1,16,64,256] [--new-tokens 128] [--repetitions 3]
"""

import argparse
import time

from peer_work import THREADS, median, model_folder, read_work, report

import torch
from transformers import AutoModelForCausalLM


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--work", help="folder that work.ts wrote")
    parser.add_argument("--size", default="0.8M")
    parser.add_argument("--batches", default="1,16,64,256")
    parser.add_argument("--new-tokens", type=int, default=128)
    parser.add_argument("--repetitions", type=int, default=3)
    options = parser.parse_args()
    torch.set_num_threads(THREADS)
    torch.manual_seed(0)
    work = read_work(options.work, options.size)
    model = AutoModelForCausalLM.from_pretrained(model_folder(options.work, options.size), dtype=torch.float32).eval()
    model.generation_config.eos_token_id = None
    speeds = {}
    for batch in options.batches.split(","):
        ids = torch.tensor(work["decode"][batch])
        mask = torch.ones_like(ids)
        measured = []
        for repetition in range(-1, options.repetitions):
            start = time.perf_counter()
            with torch.no_grad():
                out = model.generate(
                    ids,
                    attention_mask=mask,
                    do_sample=True,
                    temperature=1.0,
                    top_k=0,
                    top_p=1.0,
                    max_new_tokens=options.new_tokens,
                    pad_token_id=0,
                )
            seconds = time.perf_counter() - start
            assert out.shape == (ids.shape[0], ids.shape[1] + options.new_tokens), out.shape
            if repetition >= 0:
                measured.append(ids.shape[0] * options.new_tokens / seconds)
        speeds[batch] = median(measured)
    report({"tok_per_s": speeds})


main()
