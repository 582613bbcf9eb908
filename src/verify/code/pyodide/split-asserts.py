# Takes Python asserts apart, so that a program computes values and never the verdict: each outermost expression that
# starts at a name of the program becomes a placeholder `_value(i)`, and the rest a template for judge.py. What would
# leave the verdict to the program (numpy that no setup imports, say) is a problem: told, not guessed. It sees the
# dataset's asserts and setup only.
import ast, builtins  # noqa: E401
from json import dumps, loads

from harness import MODULES

TRUSTED = set(dir(builtins)) | set(MODULES)
# Calls that may take a function or class of the program and so must run beside it.
HIGHER = {"map", "filter", "reduce", "sorted", "max", "min", "callable", "isinstance", "issubclass"}
# Calls that drive what the program gives (an endless generator, a coroutine, attributes of its own object).
DRIVERS = {"next", "islice", "takewhile", "hasattr", "getattr"}
# What asserts compare with and convert by: never taken from the program, even where it redefines them.
JUDGING = {"abs", "len", "round", "isinstance", "issubclass", "type", "id", "bool", "int", "float", "complex", "str", "repr", "bytes", "list", "tuple", "set", "frozenset", "dict", "range", "iter", "next", "enumerate", "callable", "hasattr", "getattr"}  # noqa: E501
# Names of libraries that tests use as if imported. Beside functions of the program they are not the program's.
COMPARERS = {"isclose", "allclose", "array_equal", "approx"}
LIBRARY = COMPARERS | {"array", "Decimal", "Fraction", "Counter", "OrderedDict", "defaultdict", "deque", "date", "datetime", "timedelta", "pi", "inf", "nan"}  # noqa: E501


class CannotSplit(Exception):
    pass


def root_of(node):
    """The leftmost part of a chain such as f(1).x[0], and whether an attribute is the first thing asked of it."""
    is_dotted = False
    while isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
        is_dotted = isinstance(node, ast.Attribute)
        node = node.func if isinstance(node, ast.Call) else node.value
    return node, is_dotted


def is_class_name(name):
    return name.lstrip("_")[:1].isupper()


class Splitter(ast.NodeTransformer):
    """Replaces each outermost expression that starts at a name of the program by a placeholder."""

    def __init__(self, bound, trusted, library):
        self.bound, self.trusted, self.library, self.expressions = bound, trusted, library, []

    def is_program(self, node):
        return isinstance(node, ast.Name) and node.id not in self.trusted and node.id not in self.bound

    def hoist(self, node):
        for inner in ast.walk(node):
            if isinstance(inner, ast.Name) and inner.id in self.bound:
                raise CannotSplit("it calls the program inside a comprehension or lambda")
        self.expressions.append(ast.unparse(node))
        # An object that the test itself asks to be built is compared by its class alone: judge.py refuses to.
        is_built = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and is_class_name(node.func.id)
        placeholder = "_value(%d, True)" if is_built else "_value(%d)"
        return ast.parse(placeholder % (len(self.expressions) - 1), mode="eval").body

    def runs_beside(self, node):
        """True for map(f, xs) and max(xs, key=f), where f is the program's, and for next(g()) and asyncio.run(f())."""
        if not isinstance(node, ast.Call):
            return False
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        handed = [*node.args, *[keyword.value for keyword in node.keywords]]
        if called in HIGHER and any(self.is_program(one) for one in handed):
            return True
        is_driver = called in DRIVERS or ast.unparse(node.func) == "asyncio.run"
        return is_driver and len(handed) > 0 and self.is_program(root_of(handed[0])[0])

    def check_root(self, root, is_dotted, node):
        is_library = root.id in self.library
        # A task may ask for isclose itself; then it is given numbers.
        is_library |= root.id in COMPARERS and sum(isinstance(inner, ast.Call) for inner in ast.walk(node)) > 1
        if is_library or (is_dotted and not is_class_name(root.id)):
            raise CannotSplit("neither setup nor the common modules define %s" % root.id)

    def check_arguments(self, node):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id not in TRUSTED:
            if any(self.is_program(one) for one in node.args):
                raise CannotSplit("it hands a name of the program to %s of the setup" % node.func.id)

    def visit(self, node):
        if isinstance(node, (ast.Call, ast.Attribute, ast.Subscript, ast.Name)):
            root, is_dotted = root_of(node)
            if self.is_program(root):
                self.check_root(root, is_dotted, node)
                return self.hoist(node)
            if self.runs_beside(node):
                return self.hoist(node)
            self.check_arguments(node)
        return super().visit(node)


def names_in(node, context):
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, context)}


def bound_in(node):
    arguments = {a.arg for a in ast.walk(node) if isinstance(a, ast.arg)}
    return names_in(node, ast.Store) | arguments


def called_in(node):
    return {n.func.id for n in ast.walk(node) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}


def read_assert(source):
    body = ast.parse(source.strip()).body
    if len(body) != 1 or not isinstance(body[0], ast.Assert):
        raise CannotSplit("it is not one assert statement")
    return body[0].test


def names_of_setup(setup):
    """What it defines, found by running it here: it is the dataset's. One that does not run is told at once."""
    namespace = {}
    try:
        exec(setup, namespace)
    except BaseException as error:
        raise CannotSplit("the setup does not run here: %s: %s" % (type(error).__name__, str(error)[:200]))
    return set(namespace)


def split(test, trusted, library):
    splitter = Splitter(bound_in(test), trusted, library)
    template = ast.unparse(splitter.visit(test))
    if not splitter.expressions:
        raise CannotSplit("it does not use the program")
    return {"expressions": splitter.expressions, "template": template}


def attempt(work, *arguments):
    """What `work` gives, or its problem."""
    try:
        return work(*arguments)
    except (CannotSplit, SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"problem": str(error) or type(error).__name__}


def split_asserts(text):
    """[{expressions, template} | {problem}] for the asserts of {asserts, setup}."""
    given = loads(text)
    names = attempt(names_of_setup, given["setup"])
    if isinstance(names, dict):
        return dumps({"status": "ok", "parts": [names] * len(given["asserts"])})
    trusted = TRUSTED | names
    tests = [attempt(read_assert, source) for source in given["asserts"]]
    readable = [test for test in tests if not isinstance(test, dict)]
    free = set().union(*[names_in(test, ast.Load) - bound_in(test) - trusted for test in readable])
    asked = set()
    if not free and readable:
        # A task may ask for a function with a builtin's name: the one that every test calls.
        asked = set.intersection(*[called_in(test) & set(dir(builtins)) - JUDGING - names for test in readable])
        asked = asked if len(asked) == 1 else set()
    library = LIBRARY if free - LIBRARY else set()
    parts = [test if isinstance(test, dict) else attempt(split, test, trusted - asked, library) for test in tests]
    return dumps({"status": "ok", "parts": parts})
