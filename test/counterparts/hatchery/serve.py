"""Starts hatchery-core's development server with its real worker on the CPU, in float32: `serve.py PORT MODEL`.

The package takes its real worker only where CUDA is, and bfloat16; "cpu" as a device means a worker that computes nothing,
"cpu:0" does not. It writes to the working directory and to no fixed port of its own."""

import functools
import os
import sys

os.environ["HATCHERY_DEV_PORT"], os.environ["HATCHERY_DEV_BASE_MODEL"] = sys.argv[1:3]
os.environ["HATCHERY_DEV_DEVICE"] = "cpu:0"
os.environ["HATCHERY_DEV_API_KEY"] = "tml-test"

import torch
import hatchery.core.local_dev as local
from hatchery.core.worker import GPUWorker

local._has_gpu = lambda: True
GPUWorker.__init__ = functools.partialmethod(GPUWorker.__init__, dtype=torch.float32)
sys.exit(local.main())
