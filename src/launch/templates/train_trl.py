"""GRPO with TRL on the rows beside this file. Settings are in launch.json, under TRL's own names; rewards come from the
server of Gradus. Every logged step is one GRADUS line, with TRL's names; our side knows what they mean."""

import json
import math
import time

import gradus_rewards
from datasets import load_dataset
from transformers import TrainerCallback
from trl import GRPOConfig, GRPOTrainer

launch = json.load(open("launch.json"))
counts = {"verified": 0, "undecided": 0, "failed": 0}


def verified(prompts, completions, problem, **_):
    """The reward: None where no verdict was reached, which TRL leaves out of the group's baseline."""
    texts = [c if isinstance(c, str) else c[-1]["content"] for c in completions]
    results = gradus_rewards.verdicts(problem, texts)
    counts["verified"] += len(results)
    for kind in ("undecided", "failed"):
        counts[kind] += sum(result["verdict"] == kind for result in results)
    return [result["score"] for result in results]


class SayMetrics(TrainerCallback):
    started = time.monotonic()

    def on_log(self, args, state, control, logs=None, **_):
        if not state.is_world_process_zero or "reward" not in (logs or {}):
            return
        finite = {name: value for name, value in logs.items() if isinstance(value, (int, float)) and math.isfinite(value)}
        for kind in ("undecided", "failed"):
            finite[f"gradus/{kind}_frac"] = counts[kind] / max(1, counts["verified"])
            counts[kind] = 0
        counts["verified"] = 0
        gradus_rewards.say(step=state.global_step, time_s=round(time.monotonic() - self.started, 3), metrics=finite)


def adapters():
    if launch["lora"] is None:
        return None
    from peft import LoraConfig

    return LoraConfig(**launch["lora"])


trainer = GRPOTrainer(
    model=launch["model"],
    reward_funcs=verified,
    args=GRPOConfig(**launch["trl"]),
    train_dataset=load_dataset("json", data_files="train.jsonl", split="train"),
    callbacks=[SayMetrics()],
    peft_config=adapters(),
)
trainer.train()
trainer.save_model()
