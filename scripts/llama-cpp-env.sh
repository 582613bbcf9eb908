#!/usr/bin/env bash
# Makes the llama.cpp environment of test/llama: .llama, or the folder in GRADUS_LLAMA_ENV. Packages of npm with a
# prebuilt library for Linux x64 (CPU); no script of theirs runs, nothing is compiled or downloaded beside them.
# Does nothing when every version of test/llama/versions.txt is already there.
set -euo pipefail
cd "$(dirname "$0")/.."

env="${GRADUS_LLAMA_ENV:-.llama}"
versions=test/llama/versions.txt
# The tests look for this copy: an environment without it is absent or half made.
stamp="$env/gradus-versions.txt"

if cmp -s "$versions" "$stamp"; then exit 0; fi
if [ "$(uname -sm)" != 'Linux x86_64' ]; then
  echo "llama-cpp-env: the prebuilt library is for Linux x64; the tests in test/llama will be skipped" >&2
  exit 0
fi

rm -rf "$stamp" "$env/node_modules" "$env/package-lock.json"
mkdir -p "$env"
echo '{ "name": "gradus-llama-env", "private": true }' >"$env/package.json"
mapfile -t packages <"$versions"
npm install --ignore-scripts --omit=optional --save-exact --no-audit --no-fund --loglevel=error \
  --prefix "$env" "${packages[@]}"
# The library has to load; a machine where it does not is told so here rather than by every test. A file, since
# node-llama-cpp starts itself once more with the same arguments to try the library out.
cat >"$env/load.mjs" <<'JAVASCRIPT'
import { getLlama } from 'node-llama-cpp'

const llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false })
await llama.dispose()
JAVASCRIPT
node "$env/load.mjs"
cp "$versions" "$stamp"
