"""Stands in for TRL, which this environment does not have: a trainer that learns nothing, but reads the rows, asks the
reward function and tells its callbacks as GRPOTrainer does. Completions are the right answers with every fourth one wrong."""

import dataclasses
import os
import time


class GRPOConfig:
    def __init__(self, **arguments):
        self.__dict__.update(arguments)


@dataclasses.dataclass
class State:
    global_step: int = 0
    is_world_process_zero: bool = True


class GRPOTrainer:
    def __init__(self, model, reward_funcs, args, train_dataset, callbacks, peft_config):
        self.reward, self.args, self.rows, self.callbacks = reward_funcs, args, train_dataset, callbacks
        assert peft_config is None
        print("model", model, "rows", len(train_dataset), "columns", sorted(train_dataset.column_names))

    def train(self):
        state = State()
        group = self.args.num_generations
        for step in range(1, self.args.max_steps + 1):
            rows = [self.rows[(step + i) % len(self.rows)] for i in range(group)]
            right = [f"#{row['answer']}" for row in rows]
            texts = [text if i % 4 else "#x" for i, text in enumerate(right)]
            rewards = self.reward(
                prompts=[row["prompt"] for row in rows],
                completions=[[{"role": "assistant", "content": text}] for text in texts],
                completion_ids=[[1, 2]] * group,
                trainer_state=state,
                **{name: [row[name] for row in rows] for name in ("answer", "id", "problem")},
            )
            assert len(rewards) == group
            state.global_step = step
            logs = {
                "loss": 0.5 / step,
                "reward": sum(r for r in rewards if r is not None) / group,
                "kl": float("nan"),
                "num_tokens": 100.0 * step,
                "completions/mean_length": 2.0,
                "profiling/something": 1.0,
            }
            print(f"\r {step}/{self.args.max_steps} [00:01]", end="")
            for callback in self.callbacks:
                callback.on_log(self.args, state, None, logs=logs)
            print('GRADUS {"job": "another", "step": 99, "metrics": {"reward": 1}}')
            time.sleep(float(os.environ.get("STEP_SECONDS", "0.2")))

    def save_model(self):
        print("saved to", self.args.output_dir)
