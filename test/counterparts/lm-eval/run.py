"""Runs lm-evaluation-harness on the local tasks. Arguments: model arguments, folder of tasks, folder for results."""

import os
import sys
import tempfile

model_args, tasks, out = sys.argv[1:4]
os.environ.update(HF_DATASETS_OFFLINE="1", HF_HUB_OFFLINE="1", HF_HOME=tempfile.mkdtemp(prefix="hf-"))
sys.argv = [
    "lm_eval", "run",
    "--model", "local-completions", "--model_args", model_args,
    "--tasks", "chain_choice,chain_generate", "--include_path", tasks,
    "--output_path", out, "--log_samples",
]  # fmt: skip

from lm_eval.__main__ import cli_evaluate

cli_evaluate()
