# What Pyodide lacks and honest programs use, in the plainest form that serves them: threads and pools run their work
# when it is handed over, an event loop whose clock jumps instead of waiting, `resource` without effect, and the size of
# the input by fstat. Runs once, before a program.
import asyncio, concurrent.futures.thread, os, sys, threading, time, types, _thread  # noqa: E401


def start_inline(self):
    """Thread.start: the work is done when it returns, on this stack."""
    if self._started.is_set():
        raise RuntimeError("threads can only be started once")
    self._started.set()
    try:
        self.run()
    except SystemExit:
        pass
    except BaseException:
        threading.excepthook(threading.ExceptHookArgs([*sys.exc_info(), self]))


def join_inline(self, timeout=None):
    if not self._started.is_set():
        raise RuntimeError("cannot join thread before it is started")


def start_new_inline(function, args, kwargs={}):
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass
    return _thread.get_ident()


def submit_inline(self, function, /, *args, **kwargs):
    """ThreadPoolExecutor.submit: a future that is done."""
    if self._shutdown:
        raise RuntimeError("cannot schedule new futures after shutdown")
    future = concurrent.futures.Future()
    future.set_running_or_notify_cancel()
    try:
        future.set_result(function(*args, **kwargs))
    except Exception as error:
        future.set_exception(error)
    return future


class NothingToRead:
    """In place of a selector: nothing comes from outside, so waiting is moving the clock."""

    def __init__(self, loop):
        self.loop = loop

    def select(self, timeout):
        if timeout is None:
            raise RuntimeError("the event loop waits for something that never comes")
        self.loop.ahead += timeout
        return ()


class Loop(asyncio.base_events.BaseEventLoop):
    def __init__(self):
        self.ahead = 0.0
        super().__init__()
        self._selector = NothingToRead(self)

    def time(self):
        return super().time() + self.ahead

    def _process_events(self, events):
        pass

    def _write_to_self(self):
        pass


class LoopPolicy(asyncio.events._BaseDefaultEventLoopPolicy):
    _loop_factory = Loop


def resource_module():
    """Limits are set outside of the program; asking for others changes nothing."""
    module = types.ModuleType("resource")
    module.RLIM_INFINITY, module.RUSAGE_SELF, module.RUSAGE_CHILDREN = -1, 0, -1
    names = ("CPU", "FSIZE", "DATA", "STACK", "CORE", "RSS", "NPROC", "NOFILE", "MEMLOCK", "AS")
    for number, name in enumerate(names):
        setattr(module, "RLIMIT_" + name, number)
    module.error = OSError
    module.getrlimit = lambda which: (-1, -1)
    module.setrlimit = lambda which, limits: None
    usage = ("ru_utime", "ru_stime", "ru_maxrss", "ru_ixrss", "ru_idrss", "ru_isrss", "ru_minflt", "ru_majflt")
    module.getrusage = lambda who: types.SimpleNamespace(**dict.fromkeys(usage, 0))
    return module


input_bytes = 0
plain_fstat = os.fstat


def set_input_bytes(count):
    global input_bytes
    input_bytes = count


def fstat(descriptor):
    """Programs read os.fstat(0).st_size bytes; of the device behind descriptor 0 it would be none."""
    found = plain_fstat(descriptor)
    return os.stat_result((*found[:6], input_bytes, *found[7:10])) if descriptor == 0 else found


threading.Thread.start, threading.Thread.join = start_inline, join_inline
threading.Thread.is_alive = lambda self: False
_thread.start_new_thread = _thread.start_new = start_new_inline
concurrent.futures.thread.ThreadPoolExecutor.submit = submit_inline
# Pyodide wraps both for a loop of the browser, which is taken to be running already.
asyncio.run = getattr(asyncio.run, "__wrapped__", asyncio.run)
time.sleep = getattr(time.sleep, "__wrapped__", time.sleep)
asyncio._set_running_loop(None)
asyncio.events._set_event_loop_policy(LoopPolicy())
sys.modules["resource"] = resource_module()
os.fstat = fstat
