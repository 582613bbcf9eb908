# Runs inside the Python interpreter before any program: runs programs with fresh state, encodes what they hand back
# (the wire form of value.ts), and takes the bridge to JavaScript away. A program shares this interpreter, so nothing
# here is a secret: expected outputs and tokens never come in. What a program changes here changes its own answer only.
# The same file splits and judges asserts in an interpreter that no program enters (see judge-asserts.ts).
import ast, atexit, builtins, gc, io, linecache, os, random, re, sys, time, traceback, types
from json import dumps, loads
# Loaded ahead because programs use them: imported here they are part of the snapshot.
import bisect, cmath, collections, copy, dataclasses, datetime, decimal, enum, fractions, functools, heapq, itertools, math, operator, statistics, string, typing  # noqa: E501

MAX_NODES = 400_000
MAX_DEPTH = 90
SAFE = 2**53


def encode(value, depth=0, budget=None):
    """The value as wire text. Reads through the base types, so that a subclass cannot answer for itself."""
    budget = budget if budget is not None else [MAX_NODES]
    budget[0] -= 1
    if budget[0] < 0 or depth > MAX_DEPTH:
        return '{"$":"other","v":"a value too large to compare"}'

    def items(values):
        return "[" + ",".join([encode(item, depth + 1, budget) for item in values]) + "]"

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
        base = set if isinstance(value, set) else frozenset
        return '{"$":"set","v":%s}' % items(base.__iter__(value))
    if isinstance(value, dict):
        pairs = ["[%s,%s]" % (encode(k, depth + 1, budget), encode(v, depth + 1, budget)) for k, v in dict.items(value)]
        return '{"$":"map","v":[%s]}' % ",".join(pairs)
    return '{"$":"other","v":%s}' % dumps(type(value).__name__[:60])


class NotPlain(Exception):
    pass


def decode(wire, depth=0):
    """Plain data from parsed wire text."""
    if depth > MAX_DEPTH + 5:
        raise NotPlain("a value nested too deeply")
    if isinstance(wire, list):
        return [decode(item, depth + 1) for item in wire]
    if not isinstance(wire, dict):
        return wire
    tag, inner = wire.get("$"), wire.get("v")
    if tag == "int":
        return int(inner)
    if tag == "float":
        return float(inner)
    if tag == "tuple":
        return tuple([decode(item, depth + 1) for item in inner])
    if tag == "set":
        return {decode(item, depth + 1) for item in inner}
    if tag == "map":
        return {decode(k, depth + 1): decode(v, depth + 1) for k, v in inner}
    raise NotPlain("a value of type %s is not plain data" % inner)


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


def fresh_main():
    main = types.ModuleType("__main__")
    main.__dict__["__builtins__"] = builtins
    main.__dict__["__file__"] = "program.py"
    sys.modules["__main__"] = main
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
        try:
            value.send(None)
        except StopIteration as end:
            return end.value
        raise RuntimeError("the coroutine waits for something that never comes")
    return value


def prepare():
    random.seed(0)
    fresh = fresh_main()
    linecache.clearcache()
    return fresh


def do_work(code, work_text):
    """One piece of work with a program, from a fresh namespace."""
    work = loads(work_text)

    def run():
        namespace = prepare()
        exec(compile(code, "program.py", "exec"), namespace)
        if work["kind"] == "call":
            result = finish(callee(namespace, work["name"])(*arguments(work["args"])))
            return {"value": encode(result)}
        if work["kind"] == "evaluate":
            return {"value": "[%s]" % ",".join([evaluate(e, namespace) for e in work["expressions"]])}

    return guarded(run)


def evaluate(expression, namespace):
    try:
        value = finish(eval(compile(expression, "test.py", "eval"), namespace))
        return "[true,%s]" % encode(value)
    except Exception as error:
        return "[false,%s]" % dumps(explain(error)[1][:300])


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


# ---- asserts: taken apart so that the program computes values and never the verdict

MODULES = ("math", "cmath", "collections", "itertools", "functools", "fractions", "decimal", "string", "re", "operator", "statistics", "datetime", "heapq", "bisect")  # noqa: E501
TRUSTED = set(dir(builtins)) | set(MODULES)
# Calls that may take a function or class of the program and so must run beside it. Others are judged outside: a program
# that redefines abs or math.isclose changes nothing.
HIGHER = {"map", "filter", "reduce", "sorted", "max", "min", "callable", "isinstance", "issubclass"}
COLLECTORS = {"list", "tuple", "set", "frozenset", "dict", "sum", "len", "any", "all", "sorted", "max", "min", "next"}


class CannotSplit(Exception):
    pass


class Splitter(ast.NodeTransformer):
    """Replaces each outermost expression that starts at a name of the program by a placeholder."""

    def __init__(self, bound, trusted):
        self.bound, self.trusted, self.expressions = bound, trusted, []

    def is_program(self, name):
        return name not in self.trusted and name not in self.bound

    def hoist(self, node):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id in self.bound:
                raise CannotSplit("it calls the program inside a comprehension or lambda")
        self.expressions.append(ast.unparse(node))
        return ast.copy_location(ast.Name("_value%d" % (len(self.expressions) - 1), ast.Load()), node)

    def runs_beside(self, node):
        """True for map(f, xs), where f is the program's, and for list(...) around it, which makes plain data of it."""
        if not isinstance(node, ast.Call):
            return False
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        handed = [*node.args, *[keyword.value for keyword in node.keywords]]
        if called in HIGHER and any(isinstance(one, ast.Name) and self.is_program(one.id) for one in handed):
            return True
        return called in COLLECTORS and len(node.args) > 0 and self.runs_beside(node.args[0])

    def visit(self, node):
        if isinstance(node, (ast.Call, ast.Attribute, ast.Subscript, ast.Name)):
            root = node
            while isinstance(root, (ast.Call, ast.Attribute, ast.Subscript)):
                root = root.func if isinstance(root, ast.Call) else root.value
            if isinstance(root, ast.Name) and self.is_program(root.id):
                return self.hoist(node)
            if self.runs_beside(node):
                return self.hoist(node)
        return super().visit(node)


def names_in(node, context):
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}


def bound_in(node):
    arguments = {a.arg for a in ast.walk(node) if isinstance(a, ast.arg)}
    return names_in(node, ast.Store) | arguments


def read_assert(source):
    body = ast.parse(source.strip()).body
    if len(body) != 1 or not isinstance(body[0], ast.Assert):
        raise CannotSplit("it is not one assert statement")
    return body[0].test


def setup_names(setup):
    names = set()
    for node in ast.parse(setup).body:
        for inner in ast.walk(node):
            if isinstance(inner, ast.alias):
                names.add((inner.asname or inner.name).split(".")[0])
            elif isinstance(inner, (ast.FunctionDef, ast.ClassDef)):
                names.add(inner.name)
        names |= names_in(node, ast.Store)
    return names


def split_asserts(text):
    """[{expressions, template} | {problem}] for the asserts of {asserts, setup}."""
    given = loads(text)
    trusted = TRUSTED | setup_names(given["setup"])
    tests, free = [], set()
    for source in given["asserts"]:
        try:
            test = read_assert(source)
            free |= names_in(test, ast.Load) - bound_in(test) - trusted
        except (CannotSplit, SyntaxError, ValueError, RecursionError, MemoryError) as error:
            test = str(error) or type(error).__name__
        tests.append(test)
    parts = []
    for test in tests:
        if isinstance(test, str):
            parts.append({"problem": test})
            continue
        # A task may ask for a function with a builtin's name; only then is that name the program's.
        mine = trusted if free else trusted - {n.func.id for n in ast.walk(test) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
        splitter = Splitter(bound_in(test), mine)
        try:
            template = ast.unparse(splitter.visit(test))
            if not splitter.expressions:
                raise CannotSplit("it does not use the program")
            parts.append({"expressions": splitter.expressions, "template": template})
        except (CannotSplit, RecursionError) as error:
            parts.append({"problem": str(error)})
    return dumps({"status": "ok", "parts": parts})


def judge_asserts(text):
    """[[true, holds] | [false, why]] for {setup, items: [{template, wire}]}; `wire` is what evaluate wrote."""
    given = loads(text)
    verdicts = []
    for item in given["items"]:
        try:
            namespace = {name: sys.modules[name] for name in MODULES}
            exec(given["setup"], namespace)
            for i, (worked, wire) in enumerate(loads(item["wire"])):
                if not worked:
                    raise NotPlain(wire)
                namespace["_value%d" % i] = decode(wire)
            verdicts.append([True, bool(eval(item["template"], namespace))])
        except NotPlain as error:
            verdicts.append([False, str(error)])
        except Exception as error:
            verdicts.append([False, explain(error)[1][:300]])
    return dumps({"status": "ok", "verdicts": verdicts})


def leave(code):
    """In place of os._exit, which would end the interpreter and with it this harness."""
    raise SystemExit(code)


def lock():
    """Takes the bridge to JavaScript out of reach. The child process is closed as well: see pyodide-child.mjs."""
    for finder in list(sys.meta_path):
        if "JsFinder" in type(finder).__name__ or "pyodide" in type(finder).__module__:
            sys.meta_path.remove(finder)
            getattr(finder, "jsproxies", {}).clear()
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
