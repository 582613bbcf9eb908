#!/usr/bin/env bash
# Puts the Hatchery server beside the environment of the counterparts (scripts/python-env.sh counterparts): 5 MB in
# .venv-hatchery, or the folder in GRADUS_HATCHERY_ENV. Does nothing when it is already there.
set -euo pipefail
cd "$(dirname "$0")/../../.."

python="${GRADUS_COUNTERPARTS_ENV:-.venv-counterparts}/bin/python"
env="${GRADUS_HATCHERY_ENV:-.venv-hatchery}"
requirements=test/counterparts/hatchery/requirements.txt
# The test looks for this copy: a folder without it is absent or half made.
stamp="$env/gradus-requirements.txt"

if ! cmp -s "$requirements" "$stamp"; then
  rm -rf "$env"
  "$python" -m pip install -qq --disable-pip-version-check --no-deps --ignore-requires-python --target "$env" -r "$requirements"
  cp "$requirements" "$stamp"
fi
