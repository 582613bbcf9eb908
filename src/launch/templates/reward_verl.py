"""The reward function of verl: one completion, verified by the server of Gradus. verl knows no missing rewards: a
completion without a verdict gets GRADUS_UNSCORED, is said in a GRADUS line, and is marked in verl's own records."""

import os

import gradus_rewards


def compute_score(data_source, solution_str, ground_truth, extra_info=None, **_):
    result = gradus_rewards.verdicts([extra_info["problem"]], [solution_str])[0]
    score = result["score"]
    if score is None:
        gradus_rewards.say(unscored=result["verdict"], reason=result["reason"], problem=extra_info["id"])
        score = float(os.environ.get("GRADUS_UNSCORED", "0"))
    return {
        "score": float(score),
        "acc": float(result["verdict"] == "right"),
        "undecided": float(result["verdict"] == "undecided"),
        "failed": float(result["verdict"] == "failed"),
    }
