"""Trains with the official SDK while the server is killed and started again: prints a line per step, then the result.

usage: survive_restart.py URL STEPS
"""

import json
import sys

from train_with_sdk import BATCH, adam, logprobs_of, trainer, types

import tinker


def main():
    url, steps = sys.argv[1], int(sys.argv[2])
    service = tinker.ServiceClient(base_url=url)
    client = trainer(service)
    losses, tokens = [], []
    for step in range(steps):
        # All three are under way together when the server goes.
        passed = client.forward_backward(BATCH, "cross_entropy")
        stepped = client.optim_step(adam(1e-2))
        print(json.dumps({"step": step}), flush=True)
        losses.append(passed.result().metrics["loss:sum"])
        stepped.result()
        sampler = client.save_weights_and_get_sampling_client()
        answer = sampler.sample(
            types.ModelInput.from_ints([2, 3]),
            num_samples=2,
            sampling_params=types.SamplingParams(max_tokens=8, seed=step),
        ).result()
        tokens.append([list(map(int, s.tokens)) for s in answer.sequences])
    after = logprobs_of(client.forward(BATCH, "cross_entropy").result())
    print(json.dumps({"losses": losses, "tokens": tokens, "after": after}))


if __name__ == "__main__":
    main()
