# The process in the jail of the native Python sandbox: reads one request per line from descriptor 3, answers on 4.
# Each piece of work runs in a fork that has neither descriptor, with its own rlimits; streams are memory files. A
# session runs in this process itself: it hands out no verdicts, so there is nothing to forge.
import importlib.util, json, os, resource, signal, sys  # noqa: E401

here = os.path.dirname(os.path.abspath(__file__))


def load_harness():
    for folder in (here, os.path.join(here, "..", "pyodide")):
        path = os.path.join(folder, "harness.py")
        if os.path.exists(path):
            spec = importlib.util.spec_from_file_location("harness", path)
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    raise SystemExit("no harness")


harness = load_harness()


def hide_from_children():
    """PR_SET_DUMPABLE 0: a fork can then not open this process's memory or descriptors through /proc."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    except Exception:
        pass


def memory_file(content=b""):
    descriptor = os.memfd_create("stream")
    os.write(descriptor, content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def read_all(descriptor, limit):
    os.lseek(descriptor, 0, os.SEEK_SET)
    with os.fdopen(descriptor, "rb") as stream:
        return stream.read(limit + 1)


def redirect(files):
    for target, descriptor in enumerate(files):
        os.dup2(descriptor, target)


def in_fork(program, work, limits):
    """Runs one piece of work in a child and collects what it left."""
    stdin = work.pop("stdin", "")
    files = [memory_file(stdin.encode("utf-8", "surrogateescape")), memory_file(), memory_file()]
    result = memory_file()
    child = os.fork()
    if child == 0:
        try:
            os.close(3)
            os.close(4)
            redirect(files)
            seconds = max(1, -(-int(limits["cpuMs"]) // 1000))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            resource.setrlimit(resource.RLIMIT_FSIZE, (limits["outputBytes"] + 1, limits["outputBytes"] + 1))
            reply = harness.do_work(program, json.dumps(work))
            resource.setrlimit(resource.RLIMIT_FSIZE, (limits["outputBytes"] + 1,) * 2)
            os.write(result, reply.encode())
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    limit = limits["outputBytes"]
    stdout, stderr = read_all(files[1], limit), read_all(files[2], limit)
    text = read_all(result, 64 * 2**20)
    os.close(files[0])
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        is_cpu = number in (signal.SIGXCPU, signal.SIGKILL)
        reply = {"status": "timeout" if is_cpu else "crash", "reason": "ended by signal %d" % number}
        if is_cpu:
            reply["limit"] = "cpu"
    else:
        try:
            reply = json.loads(text)
        except ValueError:
            reply = {"status": "crash", "reason": "the program ended its interpreter"}
    return finish(reply, stdout, stderr, limit)


def finish(reply, stdout, stderr, limit):
    if len(stdout) + len(stderr) > limit:
        reply = {"status": "crash", "reason": "wrote more output than allowed"}
    reply["stdout"] = stdout[:limit].decode("utf-8", "replace")
    reply["stderr"] = stderr[:limit].decode("utf-8", "replace")
    return reply


def in_session(code, limits):
    files = [memory_file(), memory_file(), memory_file()]
    redirect(files)
    reply = json.loads(harness.run_in_session(code))
    os.close(files[0])
    return finish(reply, read_all(files[1], limits["outputBytes"]), read_all(files[2], limits["outputBytes"]), limits["outputBytes"])


def answer(request):
    if request["op"] == "program":
        global program
        program = request["code"]
        return {"status": "ok"}
    if request["op"] == "run":
        return in_session(request["code"], request["limits"])
    return in_fork(program, request["work"], request["limits"])


def main():
    hide_from_children()
    with os.fdopen(3, "rb", closefd=False) as requests, os.fdopen(4, "wb", closefd=False) as replies:
        replies.write(b'{"ready":true}\n')
        replies.flush()
        for line in requests:
            request = json.loads(line)
            token = request.pop("token")
            reply = answer(request)
            # Compact and with the token first: the form by which the host knows a genuine reply.
            replies.write((json.dumps({"token": token, **reply}, separators=(",", ":")) + "\n").encode())
            replies.flush()


program = ""
main()
