# The process in the jail of the native Python sandbox: reads one request per line from descriptor 3, answers on 4.
# Each piece of work runs in a fork that has neither descriptor nor token, with its own rlimits and no way to start
# processes (no-processes.py); streams are memory files. It says nothing of time: that is for the host to judge. A
# session runs in this process itself: it hands out no verdicts, so there is nothing to forge.
import importlib.util, io, json, os, resource, signal, sys  # noqa: E401

here = os.path.dirname(os.path.abspath(__file__))


def load(name):
    for folder in (here, os.path.join(here, "..", "pyodide")):
        path = os.path.join(folder, name + ".py")
        if os.path.exists(path):
            spec = importlib.util.spec_from_file_location(name, path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    raise SystemExit("no " + name)


harness = load("harness")
no_processes = load("no-processes")


def hide_from_children():
    """PR_SET_DUMPABLE 0: a fork can then not open this process's memory or descriptors through /proc."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    except Exception:
        pass


class Requests:
    """Lines of a descriptor, read in place: the token of a request lies in one buffer only, which a fork wipes."""

    def __init__(self, descriptor):
        self.stream = io.FileIO(descriptor, "rb", closefd=False)
        self.room = bytearray(1 << 16)
        self.token = bytearray(32)

    def next(self):
        """The next request without its token; None at the end."""
        used, end = 0, -1
        while end < 0:
            if used == len(self.room):
                self.grow()
            with memoryview(self.room) as view:
                count = self.stream.readinto(view[used:])
            if not count:
                return None
            end = self.room.find(b"\n", used, used + count)
            used += count
        # The host writes the token last: {...,"token":"<32 digits>"}
        with memoryview(self.room) as view:
            self.token[:] = view[end - 34 : end - 2]
            text = bytes(view[: end - len(',"token":""}') - 32]) + b"}"
            view[:used] = bytes(used)
        # What this process holds counts again for each fork.
        self.room = bytearray(1 << 16)
        return json.loads(text)

    def grow(self):
        wider = bytearray(2 * len(self.room))
        with memoryview(wider) as to, memoryview(self.room) as old:
            to[: len(old)] = old
            old[:] = bytes(len(old))
        self.room = wider

    def wipe(self):
        self.token[:] = bytes(32)


def memory_file(content=b""):
    descriptor = os.memfd_create("stream")
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def read_all(descriptor, limit):
    os.lseek(descriptor, 0, os.SEEK_SET)
    with os.fdopen(descriptor, "rb", closefd=False) as stream:
        return stream.read(limit + 1)


def redirect(files):
    for target, descriptor in enumerate(files):
        os.dup2(descriptor, target)


def in_fork(program, work, limits):
    """Runs one piece of work in a child and collects what it left."""
    stdin = work.pop("stdin", "")
    files = [memory_file(stdin.encode("utf-8", "surrogateescape")), memory_file(), memory_file()]
    del stdin
    result = memory_file()
    child = os.fork()
    if child == 0:
        try:
            requests.wipe()
            os.close(3)
            os.close(4)
            redirect(files)
            # The host ends it at its limit; this is for a host that is busy or gone.
            seconds = 1 - (-int(limits["cpuMs"]) // 1000)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_FSIZE, (limits["outputBytes"] + 1, limits["outputBytes"] + 1))
            no_processes.forbid()
            reply = harness.do_work(program, json.dumps(work))
            os.write(result, reply.encode())
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    end_others()
    limit = limits["outputBytes"]
    stdout, stderr = read_all(files[1], limit), read_all(files[2], limit)
    text = read_all(result, 64 * 2**20)
    for descriptor in (*files, result):
        os.close(descriptor)
    if os.WIFSIGNALED(status):
        reply = {"status": "crash", "reason": "ended by signal %d" % os.WTERMSIG(status)}
    else:
        reply = read_reply(text)
    return finish(reply, stdout, stderr, limit)


def read_reply(text):
    """What the fork wrote, or the program in its place: only what a run may say, and nothing of time."""
    try:
        given = json.loads(text)
        reply = {key: given[key] for key in ("status", "reason", "value") if isinstance(given.get(key), str)}
        if reply["status"] in ("ok", "crash", "memory"):
            return reply
    except Exception:
        pass
    return {"status": "crash", "reason": "the program ended its interpreter"}


def end_others():
    """Kills what the program left running: in the jail everything but its first process and this one."""
    # The second process of its own namespace; nowhere else may this be called.
    if is_jailed and os.getpid() == 2 and os.getppid() == 1:
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass


def finish(reply, stdout, stderr, limit):
    if len(stdout) + len(stderr) > limit:
        reply = {"status": "crash", "reason": "wrote more output than allowed"}
    reply["stdout"] = stdout[:limit].decode("utf-8", "replace")
    reply["stderr"] = stderr[:limit].decode("utf-8", "replace")
    return reply


session_files = ()


def in_session(code, limits):
    global session_files
    if not session_files:
        session_files = [memory_file(), memory_file(), memory_file()]
        no_processes.forbid()
    for descriptor in session_files:
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
    redirect(session_files)
    reply = json.loads(harness.run_in_session(code))
    limit = limits["outputBytes"]
    return finish(reply, read_all(session_files[1], limit), read_all(session_files[2], limit), limit)


def answer(request):
    if request["op"] == "program":
        global program
        program = request["code"]
        return {"status": "ok"}
    if request["op"] == "run":
        return in_session(request["code"], request["limits"])
    return in_fork(program, request["work"], request["limits"])


def main():
    # Whatever the host was started with.
    os.closerange(5, 1 << 16)
    hide_from_children()
    with os.fdopen(4, "wb", closefd=False) as replies:
        replies.write(b'{"ready":true}\n')
        replies.flush()
        while True:
            request = requests.next()
            if request is None:
                return
            reply = json.dumps(answer(request), separators=(",", ":")).encode()
            # Compact and with the token first: the form by which the host knows a genuine reply. It leaves no copy.
            os.writev(4, [b'{"token":"', requests.token, b'",'])
            replies.write(reply[1:] + b"\n")
            replies.flush()


is_jailed = sys.argv[1:] == ["--jailed"]
program = ""
requests = Requests(3)
main()
