"""The official Tinker SDK against a server over a tiny model: prints what came of each thing as one JSON object.

usage: train_with_sdk.py URL [CHECK...]
The tests judge the numbers (sdk.test.ts); this file only does what a user of the SDK would do.
"""

import asyncio
import json
import os
import sys
import tarfile
import tempfile
import urllib.request

os.environ.setdefault("TINKER_API_KEY", "tml-none")
os.environ["TINKER_TELEMETRY"] = "0"

import tinker  # noqa: E402
from tinker import types  # noqa: E402

BASE = "tiny/letters"
# Ids of letters: a is 3, m is 15.
A, D = 3, 6


def tensor(values, dtype="float32"):
    return types.TensorData(data=list(values), dtype=dtype, shape=[len(values)])


def supervised_datum(tokens, weights=None):
    inputs = {"target_tokens": tensor(tokens[1:], "int64")}
    inputs["weights"] = tensor(weights or [1.0] * (len(tokens) - 1))
    return types.Datum(model_input=types.ModelInput.from_ints(tokens[:-1]), loss_fn_inputs=inputs)


TEXTS = [[3, 4, 5, 6, 7, 8, 9, 10], [10, 9, 8, 7, 6, 5, 4], [3, 5, 7, 9, 11, 13, 15]]
BATCH = [supervised_datum(text) for text in TEXTS]


def adam(lr):
    return types.AdamParams(learning_rate=lr)


def logprobs_of(output):
    return [list(map(float, out["logprobs"].data)) for out in output.loss_fn_outputs]


def made(client):
    """Since 0.26 clients come as futures."""
    return client.result() if hasattr(client, "result") else client


def trainer(service, **options):
    return made(service.create_lora_training_client(base_model=BASE, rank=4, seed=1, **options))


def train(client, steps, lr=2e-2):
    losses = []
    for _ in range(steps):
        passed = client.forward_backward(BATCH, "cross_entropy")
        stepped = client.optim_step(adam(lr))
        losses.append(passed.result().metrics["loss:sum"])
        stepped.result()
    return losses


def check_supervised(service):
    client = trainer(service)
    info = client.get_info()
    return {"losses": train(client, 30), "rank": info.lora_rank, "name": info.model_data.model_name}


def check_reinforce(service):
    """Reward: the share of letters a to d among eight."""
    client = trainer(service)
    rewards = []
    prompt = types.ModelInput.from_ints([2, A])
    for step in range(15):
        sampler = made(client.save_weights_and_get_sampling_client())
        answer = sampler.sample(
            prompt, num_samples=32, sampling_params=types.SamplingParams(max_tokens=8, seed=step)
        ).result()
        scores = [sum(A <= t <= D for t in s.tokens) / 8 for s in answer.sequences]
        mean = sum(scores) / len(scores)
        rewards.append(mean)
        data = []
        for sequence, score in zip(answer.sequences, scores):
            tokens = [2, A, *sequence.tokens]
            n = len(tokens) - 1
            zeros = [0.0]
            data.append(
                types.Datum(
                    model_input=types.ModelInput.from_ints(tokens[:-1]),
                    loss_fn_inputs={
                        "target_tokens": tensor(tokens[1:], "int64"),
                        "logprobs": tensor(zeros + list(map(float, sequence.logprobs))),
                        "advantages": tensor(zeros + [(score - mean) / 32] * (n - 1)),
                    },
                )
            )
        passed = client.forward_backward(data, "importance_sampling")
        stepped = client.optim_step(adam(2e-2))
        if step == 0:
            trained = logprobs_of(passed.result())
            mismatch = max(
                abs(x - y)
                for out, sequence in zip(trained, answer.sequences)
                for x, y in zip(out[1:], sequence.logprobs)
            )
        stepped.result()
    return {"rewards": rewards, "mismatch": mismatch}


def check_custom(service):
    """A loss of one's own, -sum of log-probabilities: the same step as cross-entropy."""
    import torch

    mine, builtin = trainer(service), trainer(service)

    def loss(data, logprobs):
        total = -torch.stack([lp.sum() for lp in logprobs]).sum()
        return total, {"mine": total.item()}

    custom = mine.forward_backward_custom(BATCH, loss).result()
    plain = builtin.forward_backward(BATCH, "cross_entropy").result()
    for client in (mine, builtin):
        client.optim_step(adam(1e-2)).result()
    after = [logprobs_of(client.forward(BATCH, "cross_entropy").result()) for client in (mine, builtin)]
    return {"custom": custom.metrics["mine"], "builtin": plain.metrics["loss:sum"], "after": after}


def check_resume(service):
    client = trainer(service)
    train(client, 3)
    path = client.save_state("third").result().path
    resumed = made(service.create_training_client_from_state_with_optimizer(path))
    fresh = made(service.create_training_client_from_state(path))
    results = {"path": path}
    for name, one in (("went_on", client), ("resumed", resumed), ("without_optimizer", fresh)):
        results[name] = {
            "before": logprobs_of(one.forward(BATCH, "cross_entropy").result()),
            "losses": train(one, 2),
            "after": logprobs_of(one.forward(BATCH, "cross_entropy").result()),
        }
    return results


def check_sampling(service):
    client = trainer(service)
    train(client, 5)
    named = client.save_weights_for_sampler("for-sampling").result().path
    sampler = made(service.create_sampling_client(model_path=named))
    base = made(service.create_sampling_client(base_model=BASE))
    prompt = types.ModelInput.from_ints([2, A, A + 1])

    def draw(one, **params):
        params = {"max_tokens": 12, **params}
        answer = one.sample(prompt, num_samples=3, sampling_params=types.SamplingParams(**params)).result()
        return [{"tokens": list(s.tokens), "stop": s.stop_reason} for s in answer.sequences]

    scored = sampler.sample(
        prompt,
        num_samples=1,
        sampling_params=types.SamplingParams(max_tokens=1, seed=1),
        include_prompt_logprobs=True,
        topk_prompt_logprobs=3,
    ).result()
    forced = client.forward([supervised_datum([2, A, A + 1])], "cross_entropy").result()
    return {
        "path": named,
        "seeds": [draw(sampler, seed=s) for s in (7, 7, 8)],
        "greedy": draw(sampler, temperature=0),
        "base": draw(base, seed=7),
        "stopped": draw(sampler, seed=7, stop=[A, A + 1, A + 2]),
        "endless": draw(sampler, seed=3, stop=[], max_tokens=60),
        "prompt_logprobs": list(scored.prompt_logprobs),
        "computed": list(sampler.compute_logprobs(prompt).result()),
        "forced": logprobs_of(forced)[0],
        "top": [None if row is None else [[int(t), float(p)] for t, p in row] for row in scored.topk_prompt_logprobs],
        "base_model": sampler.get_base_model(),
    }


def check_losses(service):
    """Each loss at r = exp(0.5) with A = 2: its value, and that it can be stepped on."""
    client = trainer(service)
    tokens = TEXTS[0]
    p = logprobs_of(client.forward([supervised_datum(tokens)], "cross_entropy").result())[0]
    inputs = {
        "target_tokens": tensor(tokens[1:], "int64"),
        "logprobs": tensor([x - 0.5 for x in p]),
        "advantages": tensor([2.0] * len(p)),
    }
    datum = types.Datum(model_input=types.ModelInput.from_ints(tokens[:-1]), loss_fn_inputs=inputs)
    results = {"logprobs": p}
    for name, config in (
        ("importance_sampling", None),
        ("ppo", None),
        ("ppo", {"clip_low_threshold": 0.9, "clip_high_threshold": 1.1}),
        ("cispo", {"clip_low_threshold": 0.0, "clip_high_threshold": 1.25}),
        ("dro", {"beta": 0.1}),
    ):
        out = client.forward_backward([datum], name, config).result()
        results[f"{name} {json.dumps(config)}"] = out.metrics["loss:sum"]
    return results


def check_errors(service):
    client = trainer(service)
    bad = {
        "vocabulary": supervised_datum([3, 4, 99]),
        "negative": supervised_datum([3, -100, 4]),
        "lengths": types.Datum(
            model_input=types.ModelInput.from_ints([3, 4, 5]),
            loss_fn_inputs={"target_tokens": tensor([4, 5], "int64"), "weights": tensor([1.0, 1.0])},
        ),
        "overflow": types.Datum(
            model_input=types.ModelInput.from_ints([3, 4]),
            loss_fn_inputs={
                "target_tokens": tensor([4, 5], "int64"),
                "logprobs": tensor([-1e4, -1e4]),
                "advantages": tensor([1.0, 1.0]),
            },
        ),
        "soft": types.Datum(
            model_input=types.ModelInput.from_ints([3, 4]),
            loss_fn_inputs={
                "target_tokens": types.TensorData(data=[4, 5, 6, 7], dtype="int64", shape=[2, 2]),
                "weights": types.TensorData(data=[1.0, 0.0, 0.5, 0.5], dtype="float32", shape=[2, 2]),
            },
        ),
    }
    results = {}

    def attempt(name, work):
        try:
            results[name] = {"result": str(work())}
        except Exception as error:  # noqa: BLE001
            category = getattr(getattr(error, "category", None), "name", None)
            results[name] = {
                "type": type(error).__name__,
                "category": category,
                "status": getattr(error, "status_code", None),
                "message": str(error)[:400],
            }

    for name, datum in bad.items():
        loss = "importance_sampling" if name == "overflow" else "cross_entropy"
        attempt(name, lambda datum=datum, loss=loss: client.forward_backward([datum], loss).result())
    attempt("loss", lambda: client.forward_backward(BATCH, "gspo").result())
    # After all these the model still trains, and is what it was.
    results["losses"] = train(client, 2)
    results["untouched"] = train(trainer(service), 2)
    attempt("late_load", lambda: client.load_state("tinker://x/weights/y").result())
    client.save_state("taken").result()
    attempt("taken", lambda: client.save_state("taken").result())
    attempt("overwrite", lambda: client.save_state("taken", overwrite=True).result())
    attempt("name", lambda: client.save_state("../up").result())
    attempt("base", lambda: made(service.create_lora_training_client(base_model="other/model", rank=4)))
    attempt("rank", lambda: made(service.create_lora_training_client(base_model=BASE, rank=100000)))
    attempt("path", lambda: made(service.create_sampling_client(model_path="tinker://nothing/sampler_weights/here")))
    return results


def check_checkpoints(service):
    client = trainer(service, user_metadata={"purpose": "test"})
    train(client, 1)
    path = client.save_weights_for_sampler("kept").result().path
    client.save_state("state", ttl_seconds=3600).result()
    rest = service.create_rest_client()
    run = rest.get_training_run(client.model_id).result()
    listed = rest.list_checkpoints(client.model_id).result().checkpoints
    names, adapter = None, None
    # Newer versions of the SDK have no archives.
    if hasattr(rest, "get_checkpoint_archive_url_from_tinker_path"):
        link = rest.get_checkpoint_archive_url_from_tinker_path(path).result().url
        with tempfile.TemporaryFile() as file:
            file.write(urllib.request.urlopen(link).read())
            file.seek(0)
            with tarfile.open(fileobj=file) as archive:
                names = archive.getnames()
                config = json.load(archive.extractfile("adapter_config.json"))
                adapter = [config["r"], config["lora_alpha"], sorted(config["target_modules"])]
    weights = rest.get_weights_info_by_tinker_path(path).result()
    rest.delete_checkpoint_from_tinker_path(path).result()
    left = rest.list_checkpoints(client.model_id).result().checkpoints
    return {
        "run": [run.training_run_id == client.model_id, run.base_model, run.lora_rank, run.user_metadata],
        "runs": client.model_id in [r.training_run_id for r in rest.list_training_runs().result().training_runs],
        "listed": [[c.checkpoint_id, c.checkpoint_type, c.expires_at is not None] for c in listed],
        "archive": names,
        "adapter": adapter,
        "info": [weights.base_model, weights.lora_rank],
        "left": [c.checkpoint_id for c in left],
        "capabilities": [m.model_name for m in service.get_server_capabilities().supported_models],
    }


def check_several(service):
    """Two models trained in turns end where each ends alone."""
    first, second = trainer(service), trainer(service)
    for _ in range(3):
        train(first, 1)
        train(second, 1, lr=5e-3)
    alone = trainer(service)
    train(alone, 3, lr=5e-3)
    return {
        "second": logprobs_of(second.forward(BATCH, "cross_entropy").result()),
        "alone": logprobs_of(alone.forward(BATCH, "cross_entropy").result()),
    }


def check_chunks(service):
    """More sequences than fit into one request: the same as in two calls."""
    many = BATCH * 400
    split, whole = trainer(service), trainer(service)
    losses = [
        whole.forward_backward(many, "cross_entropy").result().metrics["loss:sum"],
        sum(
            split.forward_backward(part, "cross_entropy").result().metrics["loss:sum"] for part in (many[:600], many[600:])
        ),
    ]
    for client in (split, whole):
        client.optim_step(adam(1e-2)).result()
    after = [logprobs_of(c.forward(BATCH, "cross_entropy").result()) for c in (whole, split)]
    return {"losses": losses, "after": after}


def check_accumulate(service):
    """Gradients of several passes add up."""
    twice, once = trainer(service), trainer(service)
    for datum in BATCH:
        twice.forward_backward([datum], "cross_entropy").result()
    once.forward_backward(BATCH, "cross_entropy").result()
    norms = [
        client.optim_step(adam(1e-2)).result().metrics["optim/grad_norm"] for client in (twice, once)
    ]
    return {"norms": norms}


def main():
    url, *wanted = sys.argv[1:]
    service = tinker.ServiceClient(base_url=url)
    checks = {name[6:]: check for name, check in globals().items() if name.startswith("check_")}
    results = {"version": tinker.__version__}
    for name in wanted or checks:
        results[name] = checks[name](service)
    print(json.dumps(results))


if __name__ == "__main__":
    asyncio.set_event_loop_policy(None)
    main()
