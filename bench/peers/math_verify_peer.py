"""Verdicts of Math-Verify on pairs, one JSON object {"gold", "prediction", "bare"?} a line, called as its README does.

    python bench/peers/math_verify_peer.py --pairs FILE [--repetitions 3] [--dollars]

With --dollars a gold answer, and a prediction marked "bare", is put between dollars, which its reader of LaTeX needs.
Prints {"verdicts": [true | false | null], "seconds": [per repetition], "slowest_s"}; null when it raised.
"""

import argparse
import json
import logging
import time

from math_verify import parse, verify


def with_dollars(text: str) -> str:
    has_delimiters = any(mark in text for mark in ("$", "\\(", "\\[", "\\boxed", "####"))
    return text if has_delimiters else f"${text}$"


def judge(gold: str, prediction: str) -> bool | None:
    try:
        return bool(verify(parse(gold), parse(prediction)))
    except Exception:
        return None


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--pairs", required=True)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--dollars", action="store_true")
    options = parser.parse_args()
    logging.disable(logging.CRITICAL)
    with open(options.pairs, encoding="utf-8") as file:
        pairs = [json.loads(line) for line in file]
    if options.dollars:
        for pair in pairs:
            pair["gold"] = with_dollars(pair["gold"])
            if pair.get("bare"):
                pair["prediction"] = with_dollars(pair["prediction"])
    seconds, slowest, verdicts = [], 0.0, []
    # The first round warms up and is not counted.
    for repetition in range(-1, options.repetitions):
        verdicts = []
        begun = time.perf_counter()
        for pair in pairs:
            start = time.perf_counter()
            verdicts.append(judge(pair["gold"], pair["prediction"]))
            slowest = max(slowest, time.perf_counter() - start)
        if repetition >= 0:
            seconds.append(time.perf_counter() - begun)
    print(json.dumps({"verdicts": verdicts, "seconds": seconds, "slowest_s": slowest}), flush=True)


main()
