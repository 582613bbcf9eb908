#!/usr/bin/env bash
# Makes a Python environment for tests and benchmarks:
#   python-env.sh               the parity tests and peer benchmarks: .venv, or the folder in GRADUS_PYTHON_ENV
#   python-env.sh counterparts  servers and clients that Gradus speaks with: .venv-counterparts, or GRADUS_COUNTERPARTS_ENV
# Does nothing when every version of the requirements is already there. Where packages come from, and whether torch is
# a CPU build, is pip's configuration. PYTHON names the interpreter to start from (python3).
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-parity}" in
  parity) env="${GRADUS_PYTHON_ENV:-.venv}" requirements=test/parity/requirements.txt ;;
  counterparts) env="${GRADUS_COUNTERPARTS_ENV:-.venv-counterparts}" requirements=test/counterparts/requirements.txt ;;
  *) echo "python-env: unknown environment \"$1\": expected parity or counterparts" >&2; exit 2 ;;
esac
# The tests look for this copy: an environment without it is absent or half made.
stamp="$env/gradus-requirements.txt"

matches() {
  [ -x "$env/bin/python" ] && "$env/bin/python" - "$requirements" <<'PYTHON'
import sys
from importlib.metadata import PackageNotFoundError, version

for line in open(sys.argv[1]):
    name, _, wanted = line.strip().partition("==")
    name = name.partition("[")[0]
    if name and not name.startswith("#"):
        try:
            # A build tag such as +cpu is not part of the version.
            if version(name).split("+")[0] != wanted:
                sys.exit(1)
        except PackageNotFoundError:
            sys.exit(1)
PYTHON
}

if ! matches; then
  rm -f "$stamp"
  echo "python-env: installing (torch is large; this takes minutes)" >&2
  [ -x "$env/bin/python" ] || "${PYTHON:-python3}" -m venv "$env"
  pip() { "$env/bin/python" -m pip install -qq --disable-pip-version-check "$@"; }
  # First and alone, so that nothing else decides which build of torch it is.
  pip "$(grep '^torch==' "$requirements")"
  pip -r "$requirements"
  matches || { echo "python-env: versions differ from $requirements; delete the environment and try again" >&2; exit 1; }
fi
cmp -s "$requirements" "$stamp" || cp "$requirements" "$stamp"
