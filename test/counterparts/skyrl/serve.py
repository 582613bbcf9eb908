"""Starts SkyRL's Tinker server (JAX backend, CPU) from an environment made by pip. Arguments as of `python -m skyrl.tinker.api`.

The package starts its engine process through `uv`, which such an environment does not have; this interpreter takes its
place. On Python 3.11 pydantic refuses `typing.TypedDict`, so the one of typing_extensions stands in for it."""

import argparse
import sys
import typing

import typing_extensions

if sys.version_info < (3, 12):
    typing.TypedDict = typing_extensions.TypedDict

if sys.argv[1:2] == ["engine"]:
    del sys.argv[1]
    from skyrl.tinker.engine import main

    main()
    sys.exit(0)

import uvicorn
from skyrl.tinker import api
from skyrl.tinker.config import EngineConfig, add_model, config_to_argv
from skyrl.utils.log import get_uvicorn_log_config

api._build_uv_run_cmd_engine = lambda _parent, config: [sys.executable, __file__, "engine", *config_to_argv(config)]

parser = argparse.ArgumentParser()
add_model(parser, EngineConfig)
parser.add_argument("--port", type=int, required=True)
given = parser.parse_args()
fields = {name: value for name, value in vars(given).items() if name in EngineConfig.model_fields}
api.app.state.engine_config = EngineConfig.model_validate(fields)
uvicorn.run(api.app, host="127.0.0.1", port=given.port, log_config=get_uvicorn_log_config())
