"""GRPO steps with TRL's GRPOTrainer on the same weights, prompts, lengths and rewards. Three modes:

    step      seconds of a step: 256 rollouts whose lengths and rewards are given
    cold      one such step; prints `step 1`; timed from outside
    accuracy  trains a base model on chain arithmetic until so much of the held-out problems is right

    python bench/peers/grpo_trl.py step --work DIR --size 0.8M [--repetitions 5] [--micro-batch 256]
    python bench/peers/grpo_trl.py accuracy --base FOLDER --problems FILE --settings JSON
"""

import argparse
import json
import re
import tempfile
import time

STARTED = time.perf_counter()

from peer_work import THREADS, median, model_folder, read_work, report  # noqa: E402

import torch  # noqa: E402
from datasets import Dataset  # noqa: E402
from transformers import AutoTokenizer, LlamaForCausalLM, LogitsProcessor, LogitsProcessorList, TrainerCallback  # noqa: E402
from trl import GRPOConfig, GRPOTrainer  # noqa: E402

ANSWER = re.compile(r"(?:0|[1-9][0-9]{0,2})\Z")

# What both sides train with in `accuracy`, unless --settings says otherwise.
SETTINGS = {
    "prompts": 32,
    "group": 8,
    "lr": 1e-3,
    "clip": 0.2,
    "clip_norm": 1.0,
    "beta2": 0.95,
    "weight_decay": 0.01,
    "max_tokens": 48,
    "target": 0.9,
    "eval_every": 2,
    "max_steps": 200,
    "seed": 1,
}


def is_right(completion: str, answer: str) -> bool:
    """The rule of the chain-arithmetic task: the plain number after the last `#`, with nothing after it."""
    _, mark, written = completion.rpartition("#")
    written = written.strip()
    return bool(mark) and bool(ANSWER.match(written)) and int(written) == int(answer)


class FixedLengths(LogitsProcessor):
    """Ends row i with the end-of-sequence token as token number `lengths[i]`, and never before."""

    def __init__(self, lengths: list[int], prompt: int, eos: int):
        self.lengths, self.prompt, self.eos = torch.tensor(lengths), prompt, eos

    def __call__(self, ids, scores):
        ends = self.lengths[: len(ids)] == ids.shape[1] - self.prompt + 1
        eos_scores = scores[:, self.eos].clone()
        scores[ends] = float("-inf")
        scores[:, self.eos] = torch.where(ends, torch.zeros_like(eos_scores), float("-inf"))
        return scores


class FixedLengthLlama(LlamaForCausalLM):
    """Samples of given lengths, so that both sides generate and train on the same number of tokens."""

    lengths: list[int] = []

    def generate(self, input_ids, **options):
        processor = FixedLengths(self.lengths, input_ids.shape[1], self.config.eos_token_id)
        return super().generate(input_ids, logits_processor=LogitsProcessorList([processor]), **options)


class Steps(TrainerCallback):
    """Notes when each step ended, and says so."""

    def __init__(self):
        self.ends = []

    def on_step_end(self, args, state, control, **_):
        self.ends.append(time.perf_counter())
        print(f"step {state.global_step}", flush=True)


def config(folder: str, settings: dict, steps: int, micro_batch: int, longest: int) -> GRPOConfig:
    rollouts = settings["prompts"] * settings["group"]
    return GRPOConfig(
        output_dir=folder,
        per_device_train_batch_size=micro_batch,
        gradient_accumulation_steps=rollouts // micro_batch,
        num_generations=settings["group"],
        max_completion_length=longest,
        max_steps=steps,
        learning_rate=settings["lr"],
        lr_scheduler_type="constant",
        adam_beta2=settings["beta2"],
        weight_decay=settings["weight_decay"],
        max_grad_norm=settings["clip_norm"],
        optim="adamw_torch_fused",
        epsilon=settings["clip"],
        beta=0.0,
        loss_type="grpo",
        scale_rewards="group",
        temperature=1.0,
        top_k=0,
        top_p=1.0,
        seed=settings["seed"],
        use_cpu=True,
        bf16=False,
        gradient_checkpointing=False,
        shuffle_dataset=False,
        save_strategy="no",
        logging_strategy="no",
        report_to=[],
        disable_tqdm=True,
        dataloader_pin_memory=False,
    )


def run_steps(options: argparse.Namespace) -> list[float]:
    """Seconds of each of so many steps; the first one, which warms up, included."""
    folder = model_folder(options.work, options.size)
    rollouts = read_work(options.work, options.size)["rollouts"]
    settings = {**SETTINGS, "prompts": len(rollouts["prompts"]), "group": rollouts["group"], "lr": 3e-4}
    count = len(rollouts["lengths"])
    steps = 1 if options.mode == "cold" else options.repetitions + 1
    model = FixedLengthLlama.from_pretrained(folder, dtype=torch.float32)
    model.lengths = rollouts["lengths"]

    def reward(completions, answer, **_):
        for completion, gold in zip(completions, answer, strict=True):
            is_right(completion, gold)
        # Given, as on our side: fresh weights solve nothing.
        return [float(rollouts["rewards"][i % count]) for i in range(len(completions))]

    rows = [{"prompt": p, "answer": a} for p, a in zip(rollouts["prompts"], rollouts["answers"], strict=True)]
    watch = Steps()
    with tempfile.TemporaryDirectory() as scratch:
        trainer = GRPOTrainer(
            model=model,
            reward_funcs=reward,
            args=config(scratch, settings, steps, options.micro_batch or count, rollouts["longest"]),
            train_dataset=Dataset.from_list(rows),
            processing_class=AutoTokenizer.from_pretrained(folder, padding_side="left"),
            callbacks=[watch],
        )
        begun = time.perf_counter()
        trainer.train()
    ends = [begun, *watch.ends]
    return [b - a for a, b in zip(ends, ends[1:])]


class UntilRight(TrainerCallback):
    """Evaluates every few steps, without the optimiser's time, and stops at the target."""

    def __init__(self, settings: dict, tokenizer, held_out: list[dict]):
        self.settings, self.tokenizer, self.held_out = settings, tokenizer, held_out
        self.curve, self.evaluation_s = [], 0.0

    def on_train_begin(self, args, state, control, model=None, **_):
        # Our loop evaluates the base model too.
        self.evaluate(state, model)

    def on_step_end(self, args, state, control, model=None, **_):
        if state.global_step % self.settings["eval_every"] != 0:
            return
        accuracy = self.evaluate(state, model)
        control.should_training_stop = control.should_training_stop or accuracy >= self.settings["target"]

    def evaluate(self, state, model) -> float:
        start = time.perf_counter()
        accuracy = self.accuracy(model)
        self.evaluation_s += time.perf_counter() - start
        self.curve.append([state.global_step, time.perf_counter() - STARTED, accuracy])
        print(f"step {state.global_step} accuracy {accuracy:.3f}", flush=True)
        return accuracy

    def accuracy(self, model) -> float:
        prompts = self.tokenizer([row["prompt"] for row in self.held_out], return_tensors="pt", padding=True)
        prompts.pop("token_type_ids", None)
        model.eval()
        with torch.no_grad():
            out = model.generate(
                **prompts, do_sample=True, temperature=1.0, top_k=0, max_new_tokens=self.settings["max_tokens"]
            )
        model.train()
        texts = self.tokenizer.batch_decode(out[:, prompts["input_ids"].shape[1] :], skip_special_tokens=True)
        right = sum(is_right(text, row["answer"]) for text, row in zip(texts, self.held_out, strict=True))
        return right / len(self.held_out)


def until_accurate(options: argparse.Namespace) -> dict:
    settings = {**SETTINGS, **json.loads(options.settings)}
    with open(options.problems) as file:
        problems = json.load(file)
    tokenizer = AutoTokenizer.from_pretrained(options.base, padding_side="left")
    model = LlamaForCausalLM.from_pretrained(options.base, dtype=torch.float32)
    watch = UntilRight(settings, tokenizer, problems["held_out"])
    micro_batch = options.micro_batch or settings["prompts"] * settings["group"]

    def reward(completions, answer, **_):
        return [float(is_right(completion, gold)) for completion, gold in zip(completions, answer, strict=True)]

    with tempfile.TemporaryDirectory() as scratch:
        trainer = GRPOTrainer(
            model=model,
            reward_funcs=reward,
            args=config(scratch, settings, settings["max_steps"], micro_batch, settings["max_tokens"]),
            train_dataset=Dataset.from_list(problems["train"]),
            processing_class=tokenizer,
            callbacks=[watch],
        )
        trainer.train()
    last = watch.curve[-1] if watch.curve else [0, 0, 0]
    return {
        "reached": last[2] >= settings["target"],
        "steps": last[0],
        "seconds": last[1],
        "evaluation_s": watch.evaluation_s,
        "accuracy": last[2],
        "curve": watch.curve,
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("mode", choices=["step", "cold", "accuracy"])
    parser.add_argument("--work", help="folder that work.ts wrote")
    parser.add_argument("--size", default="0.8M")
    parser.add_argument("--repetitions", type=int, default=5)
    parser.add_argument("--micro-batch", type=int, default=0, help="rollouts in one backward pass; 0 for all")
    parser.add_argument("--base", help="model folder to start from (accuracy)")
    parser.add_argument("--problems", help="JSON of train and held-out problems (accuracy)")
    parser.add_argument("--settings", default="{}", help="JSON over SETTINGS (accuracy)")
    options = parser.parse_args()
    torch.set_num_threads(THREADS)
    if options.mode == "accuracy":
        report(until_accurate(options))
        return
    seconds = run_steps(options)
    report({"step_s": median(seconds[1:] or seconds), "steps_s": seconds})


main()
