"""Calls the reward function that verl would call. Arguments: folder of the files that were sent, problem as JSON text,
completions."""

import json
import sys

folder, problem, *completions = sys.argv[1:]
sys.path.insert(0, folder)

from reward_verl import compute_score

for completion in completions:
    text = "x" * 500_000 if completion == "(long)" else completion
    extra_info = {"id": "p", "problem": problem, "num_turns": None}
    score = compute_score(data_source="t", solution_str=text, ground_truth="", extra_info=extra_info, reward_router=None)
    print(json.dumps(score))
