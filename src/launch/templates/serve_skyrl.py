"""SkyRL's Tinker server, said in a GRADUS line when it answers. Arguments: --host, --port, then those of EngineConfig.

SkyRL starts its engine through `uv run` in its own checkout. Where the package was installed by pip, or uv is missing,
this interpreter takes that place."""

import argparse
import json
import os
import shutil
import socket
import sys
import threading
import time
import typing
import urllib.request

import typing_extensions

if sys.version_info < (3, 12):
    # pydantic refuses typing.TypedDict before Python 3.12.
    typing.TypedDict = typing_extensions.TypedDict

if sys.argv[1:2] == ["engine"]:
    del sys.argv[1]
    from skyrl.tinker.engine import main

    main()
    sys.exit(0)

import skyrl
import uvicorn
from skyrl.tinker import api
from skyrl.tinker.config import EngineConfig, add_model, config_to_argv

IN_CHECKOUT = os.path.exists(os.path.join(os.path.dirname(skyrl.__file__), "..", "pyproject.toml"))
if not (IN_CHECKOUT and shutil.which("uv")):
    api._build_uv_run_cmd_engine = lambda _parent, config: [sys.executable, __file__, "engine", *config_to_argv(config)]

parser = argparse.ArgumentParser()
add_model(parser, EngineConfig)
parser.add_argument("--host", required=True)
parser.add_argument("--port", type=int, required=True)
given = parser.parse_args()
fields = {name: value for name, value in vars(given).items() if name in EngineConfig.model_fields}
api.app.state.engine_config = EngineConfig.model_validate(fields)


def say_when_ready():
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{given.port}/api/v1/healthz", timeout=5).read()
            break
        except OSError:
            time.sleep(1)
    host = socket.gethostbyname(socket.gethostname()) if given.host in ("0.0.0.0", "::") else given.host
    serving = {"url": f"http://{host}:{given.port}", "node": socket.gethostname()}
    print("GRADUS " + json.dumps({"job": os.environ.get("GRADUS_JOB", ""), "serving": serving}), flush=True)


threading.Thread(target=say_when_ready, daemon=True).start()
uvicorn.run(api.app, host=given.host, port=given.port)
