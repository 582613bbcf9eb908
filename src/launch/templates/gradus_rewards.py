"""Asks the reward server of Gradus (`gradus rewards`) what completions are worth. Standard library only.

GRADUS_REWARDS_URL is the server's address, GRADUS_REWARDS_KEY its key, if it has one. A completion that could not be
verified has score None and a reason; a server that cannot be reached for GRADUS_REWARDS_PATIENCE seconds (600) is an error."""

import json
import os
import time
import urllib.error
import urllib.request

BATCH = 64


def verdicts(problems, completions):
    """One {"score", "verdict", "reason"} for each completion. A problem is its JSON text, as in the rows."""
    results = []
    for at in range(0, len(completions), BATCH):
        body = {"problems": problems[at : at + BATCH], "completions": completions[at : at + BATCH]}
        reply = _post("/reward", body)
        results += [
            {"score": score, "verdict": verdict, "reason": reason}
            for score, verdict, reason in zip(reply["scores"], reply["verdicts"], reply["reasons"], strict=True)
        ]
    return results


def say(**fields):
    """One line that `gradus launch follow` reads in the log of the job."""
    print("GRADUS " + json.dumps({"job": os.environ.get("GRADUS_JOB", ""), **fields}), flush=True)


def _post(path, body):
    request = urllib.request.Request(
        os.environ["GRADUS_REWARDS_URL"].rstrip("/") + path,
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json", **_key()},
    )
    until = time.monotonic() + float(os.environ.get("GRADUS_REWARDS_PATIENCE", "600"))
    wait = 0.5
    while True:
        try:
            with urllib.request.urlopen(request, timeout=120) as reply:
                return json.load(reply)
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code not in (408, 429):
                raise RuntimeError(f"{request.full_url} answered {error.code}: {error.read(2000)!r}") from error
            why = error
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            why = error
        if time.monotonic() + wait > until:
            raise RuntimeError(f"the reward server at {request.full_url} cannot be reached: {why}")
        time.sleep(wait)
        wait = min(10, wait * 2)


def _key():
    key = os.environ.get("GRADUS_REWARDS_KEY")
    return {"authorization": f"Bearer {key}"} if key else {}
