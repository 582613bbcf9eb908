"""Starts hatchery-core's development server with its real worker on the CPU, in float32.

The package takes its real worker only where CUDA is, in bfloat16, and listens to the whole network. "cpu" as a device
means a worker that computes nothing; "cpu:0" does not. HATCHERY_DEV_PORT, HATCHERY_DEV_BASE_MODEL (a folder) and
HATCHERY_DEV_API_KEY say the rest."""

import functools
import os
import sys

os.environ["HATCHERY_DEV_DEVICE"] = "cpu:0"

import torch
import hatchery.core.local_dev as local
from hatchery.core.worker import GPUWorker

local._has_gpu = lambda: True
GPUWorker.__init__ = functools.partialmethod(GPUWorker.__init__, dtype=torch.float32)
everywhere = local.uvicorn.Config
local.uvicorn.Config = lambda app, **options: everywhere(app, **{**options, "host": "127.0.0.1"})
sys.exit(local.main())
