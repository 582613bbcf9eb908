# Runs inside the Python interpreter before any program: runs programs with fresh state, encodes what they hand back
# (the wire form of value.ts), and takes the bridge to JavaScript away. A program shares this interpreter, so nothing
# here is a secret: expected outputs and tokens never come in. What a program changes here changes its own answer only.
# Beside it: rich_values.py (what only asserts can compare), stand_ins.py (what Pyodide lacks), judge.py.
import ast, atexit, builtins, gc, io, linecache, os, random, re, sys, time, traceback, types
from json import dumps, loads
# Loaded ahead because programs use them: imported here they are part of the snapshot.
import bisect, cmath, collections, copy, dataclasses, datetime, decimal, enum, fractions, functools, heapq, itertools, math, operator, statistics, string, typing  # noqa: E501

MAX_NODES = 400_000
MAX_DEPTH = 90
SAFE = 2**53
TEXT_PER_NODE = 64
# For what lies beyond plain data, in asserts only: rich-values.py sets it.
encode_rich = None


def encode(value, depth=0, budget=None, rich=None):
    """The value as wire text. Reads through the base types, so that a subclass cannot answer for itself."""
    budget = budget if budget is not None else [MAX_NODES]
    budget[0] -= 1
    if isinstance(value, str):
        budget[0] -= str.__len__(value) // TEXT_PER_NODE
    if budget[0] < 0 or depth > MAX_DEPTH:
        return '{"$":"other","v":"a value too large to compare"}'

    def items(values):
        return "[" + ",".join([encode(item, depth + 1, budget, rich) for item in values]) + "]"

    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        number = int.__add__(value, 0)
        if -SAFE < number < SAFE:
            return int.__repr__(number)
        try:
            return '{"$":"int","v":"%s"}' % int.__repr__(number)
        except ValueError:
            return '{"$":"other","v":"a huge integer"}'
    if isinstance(value, float):
        number = float.__add__(value, 0.0)
        if number != number:
            return '{"$":"float","v":"nan"}'
        if number in (math.inf, -math.inf):
            return '{"$":"float","v":"%s"}' % ("inf" if number > 0 else "-inf")
        return float.__repr__(number)
    if isinstance(value, str):
        return dumps(str.__str__(value).encode("utf-8", "replace").decode("utf-8"))
    if isinstance(value, list):
        return items(list.__iter__(value))
    if isinstance(value, tuple):
        return '{"$":"tuple","v":%s}' % items(tuple.__iter__(value))
    if isinstance(value, collections.deque):
        return items(collections.deque.__iter__(value))
    if isinstance(value, (set, frozenset)):
        base, tag = (set, "set") if isinstance(value, set) else (frozenset, "frozenset")
        return '{"$":"%s","v":%s}' % (tag, items(base.__iter__(value)))
    if isinstance(value, dict):
        pairs = [items((key, item)) for key, item in dict.items(value)]
        return '{"$":"map","v":[%s]}' % ",".join(pairs)
    if rich is not None:
        return rich(value, depth, budget)
    return '{"$":"other","v":%s}' % dumps(type(value).__name__[:60])


def arguments(value):
    """Arguments of a call from JSON; {"$int": "digits"} is an integer beyond 2^53."""
    if isinstance(value, list):
        return [arguments(item) for item in value]
    if isinstance(value, dict):
        if list(value) == ["$int"]:
            return int(value["$int"])
        return {key: arguments(item) for key, item in value.items()}
    return value


spare_descriptors = ()


def fresh_streams():
    """New streams over descriptors 0 to 2, which an earlier piece of work may have closed."""
    for descriptor, spare in enumerate(spare_descriptors):
        os.dup2(spare, descriptor)

    def text(descriptor, mode, buffer):
        raw = io.FileIO(descriptor, mode, closefd=False)
        return io.TextIOWrapper(buffer(raw), encoding="utf-8", errors="surrogateescape")

    sys.stdin = sys.__stdin__ = text(0, "rb", io.BufferedReader)
    sys.stdout = sys.__stdout__ = text(1, "wb", io.BufferedWriter)
    sys.stderr = sys.__stderr__ = text(2, "wb", io.BufferedWriter)
    return sys.stdout, sys.stderr


def fresh_main(name):
    main = types.ModuleType(name)
    main.__dict__["__builtins__"] = builtins
    main.__dict__["__file__"] = "program.py"
    sys.modules["__main__"] = sys.modules[name] = main
    return main.__dict__


def explain(error):
    """Status and one line for what ended a run; SystemExit is a normal end."""
    if isinstance(error, SystemExit):
        code = error.code
        return ("ok", "") if code is None or code == 0 else ("crash", "exited with %r" % (code,))
    if isinstance(error, MemoryError):
        return "memory", "MemoryError: out of memory"
    lines = traceback.format_exception_only(type(error), error)
    return "crash", "".join(lines).strip()[-500:]


def guarded(work):
    """Runs `work`, flushes what it wrote, and says how it ended."""
    outs = fresh_streams()
    reply = {"status": "ok", "reason": ""}
    try:
        reply.update(work() or {})
    except BaseException as error:
        reply["status"], reply["reason"] = explain(error)
        if reply["status"] != "ok" or not isinstance(error, SystemExit):
            try:
                trace = error.__traceback__
                while trace is not None and trace.tb_frame.f_code.co_filename == "harness.py":
                    trace = trace.tb_next
                lines = traceback.format_exception(type(error), error, trace, limit=-8)
                sys.stderr.write("".join(lines)[-4000:])
            except BaseException:
                pass
    try:
        # As at the end of a process: some programs write their whole output here.
        atexit._run_exitfuncs()
    except BaseException as error:
        reply["status"], reply["reason"] = explain(error)
    for stream in (sys.stdout, sys.stderr) + outs:
        try:
            stream.flush()
        except BaseException:
            pass
    return dumps(reply)


def callee(namespace, name):
    """`f`, or `Class.method` of a new instance."""
    root, *path = name.split(".")
    if root not in namespace:
        raise NameError("the program does not define %s" % root)
    target = namespace[root]
    if path and isinstance(target, type):
        target = target()
    for part in path:
        target = getattr(target, part)
    return target


def finish(value):
    """The result of a coroutine function is what it returns."""
    if isinstance(value, types.CoroutineType):
        import asyncio

        return asyncio.run(value)
    return value


def prepare(name="__main__"):
    random.seed(0)
    fresh = fresh_main(name)
    linecache.clearcache()
    return fresh


def do_work(code, work_text):
    """One piece of work with a program, from a fresh namespace."""
    work = loads(work_text)
    is_script = work["kind"] == "script"

    def run():
        # Where a function is asked for, the program is a module: its main block, which may wait for input, does not run.
        namespace = prepare("__main__" if is_script else "program")
        # On its own, since `from __future__` must come first in the program.
        exec(compile(work.get("setup") or "", "setup.py", "exec"), namespace)
        try:
            exec(compile(code, "program.py", "exec"), namespace)
        except (EOFError, SystemExit):
            # Code at the top read input or left. What is asked for may be defined above it; if not, that is said.
            if is_script or (work["kind"] == "call" and work["name"].split(".")[0] not in namespace):
                raise
        if work["kind"] == "call":
            result = finish(callee(namespace, work["name"])(*arguments(work["args"])))
            return {"value": encode(result)}
        if work["kind"] == "evaluate":
            return {"value": "[%s]" % ",".join([evaluate(e, namespace) for e in work["expressions"]])}

    return guarded(run)


def evaluate(expression, namespace):
    # A test may name a common module that the program does not import; the program's own functions do not see these.
    beside = {name: sys.modules[name] for name in MODULES if name not in namespace}
    try:
        value = finish(eval(compile(expression, "test.py", "eval"), namespace, beside))
        return "[true,%s]" % encode(value, rich=encode_rich)
    except Exception as error:
        return "[false,%s]" % dumps(explain(error)[1][:300])


# Modules that asserts may name without an import.
MODULES = ("math", "cmath", "collections", "itertools", "functools", "fractions", "decimal", "string", "re", "operator", "statistics", "datetime", "heapq", "bisect")  # noqa: E501


session = None


def run_in_session(code):
    """Runs code in the session's namespace; the last expression's value is shown as the prompt would."""
    global session
    if session is None:
        session = prepare()

    def run():
        tree = ast.parse(code, "session.py")
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "session.py", "exec"), session)
        if last is None:
            return None
        value = finish(eval(compile(ast.Expression(last.value), "session.py", "eval"), session))
        if value is None:
            return None
        session["_"] = value
        return {"shown": repr(value)[:20000]}

    return guarded(run)


def leave(code):
    """In place of os._exit, which would end the interpreter and with it this harness."""
    raise SystemExit(code)


def drop_javascript():
    """Lets go of every object of JavaScript that a module or its loader holds (a test searches all memory for more)."""
    for module in list(sys.modules.values()):
        # A module of JavaScript is itself such an object.
        loader = getattr(getattr(module, "__spec__", None), "loader", None)
        if type(loader).__name__ == "JsLoader":
            vars(loader).clear()
        held = vars(module) if isinstance(module, types.ModuleType) else {}
        for name in [name for name, value in held.items() if type(value).__name__ == "JsProxy"]:
            held[name] = None


def lock():
    """Takes the bridge to JavaScript out of reach. The child process is closed as well: see pyodide-child.mjs."""
    for finder in list(sys.meta_path):
        if "JsFinder" in type(finder).__name__ or "pyodide" in type(finder).__module__:
            sys.meta_path.remove(finder)
            getattr(finder, "jsproxies", {}).clear()
    drop_javascript()
    for name in list(sys.modules):
        if name.split(".")[0] in ("js", "pyodide", "_pyodide", "pyodide_js", "_pyodide_core", "pyodide_core", "micropip"):
            del sys.modules[name]
    for name in ("js", "pyodide", "_pyodide", "pyodide_js", "_pyodide_core", "ctypes", "_ctypes"):
        sys.modules[name] = None
    global spare_descriptors
    spare_descriptors = tuple([os.dup(descriptor) for descriptor in range(3)])
    os._exit = leave
    os.environ.clear()
    os.environ.update(HOME="/", LANG="C.UTF-8", PYTHONHASHSEED="0")
    sys.argv, sys.executable, sys.orig_argv = ["program.py"], "", []
    gc.collect()
