# Judges templates of asserts (split-asserts.py) with the plain data that a program gave, in an interpreter that no
# program enters. The data is hostile: it may be forged wire text, too large, or made to collide. What cannot be judged
# is `refused` only where the assert itself compares objects of the program's own classes with each other; a program
# cannot choose that where plain data was asked for.
import collections, datetime, decimal, fractions, sys  # noqa: E401
from json import dumps, loads

from harness import MAX_DEPTH, MODULES, explain

MAX_COLLISIONS = 100


class Refused(Exception):
    """The program's own code would have to judge."""


class Failed(Exception):
    """The program gave nothing that the assert could be computed with."""


class Opaque:
    """
    Stands for an object of a class of the program's own. It knows what str, len and the like said of it. Two that came
    from one expression are not compared on its behalf: else a program could ask to be refused by what it gives.
    """

    def __init__(self, kind, faces, origin, is_built):
        self._kind, self._faces = kind, faces if isinstance(faces, dict) else {}
        self._origin, self._is_built = origin, is_built

    def _face(self, name, kind):
        if isinstance(self._faces.get(name), kind):
            return self._faces[name]
        raise Failed("a value of type %s has no %s" % (self._kind, name))

    def __str__(self):
        return self._face("str", str)

    def __repr__(self):
        return self._face("repr", str)

    def __len__(self):
        return self._face("len", int)

    def __bool__(self):
        return self._faces.get("bool") is not False

    def __int__(self):
        return self._face("int", int)

    def __float__(self):
        return self._face("float", float)

    def __iter__(self):
        return iter(self._face("items", list))

    def __hash__(self):
        self._meet()
        return 0

    def _meet(self, other=None):
        if self._is_built or (isinstance(other, Opaque) and (other._is_built or other._origin != self._origin)):
            raise Refused("objects of type %s can only be compared by the program" % self._kind)

    def __eq__(self, other):
        self._meet(other)
        return self is other

    def __getattr__(self, name):
        self._meet()
        raise AttributeError(name)


def without_operation(self, other=None):
    self._meet(other)
    return NotImplemented


def without_value(self, *others):
    self._meet()
    raise Failed("a value of type %s is not plain data" % self._kind)


for _name in ("lt", "le", "gt", "ge", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv", "floordiv", "rfloordiv", "mod", "rmod", "pow", "rpow", "matmul", "rmatmul", "and", "rand", "or", "ror", "xor", "rxor"):  # noqa: E501
    setattr(Opaque, "__%s__" % _name, without_operation)
for _name in ("call", "getitem", "contains", "neg", "abs", "round", "index", "complex"):
    setattr(Opaque, "__%s__" % _name, without_value)


def until_the_end(is_all, items):
    yield from items
    if is_all is not True:
        raise Failed("an iterator gave more than can be compared")


def spread(items):
    """Hashable items that do not all fall into one place of a table."""
    if len(items) > MAX_COLLISIONS and max(collections.Counter(map(hash, items)).values()) > MAX_COLLISIONS:
        raise Failed("a set or dict of values that collide")
    return items


READERS = {
    "int": int,
    "float": float,
    "decimal": decimal.Decimal,
    "fraction": fractions.Fraction,
    "datetime": datetime.datetime.fromisoformat,
    "date": datetime.date.fromisoformat,
    "time": datetime.time.fromisoformat,
    "bytes": bytes.fromhex,
    "bytearray": bytearray.fromhex,
}
BUILDERS = {
    "tuple": tuple,
    "set": lambda items: set(spread(items)),
    "frozenset": lambda items: frozenset(spread(items)),
    "complex": lambda parts: complex(*parts),
    "timedelta": lambda parts: datetime.timedelta(*parts),
    "range": lambda parts: range(*parts),
    "keys": lambda items: dict.fromkeys(spread(items)).keys(),
    "values": lambda items: dict(enumerate(items)).values(),
    "items": lambda items: dict(pairs(items)).items(),
    "map": lambda items: dict(pairs(items)),
    "generator": lambda items: until_the_end(items[0], items[1:]),
    "iterator": lambda items: map(lambda item: item, until_the_end(items[0], items[1:])),
}


def pairs(items):
    spread([key for key, _ in items])
    return items


def decode(wire, origin, is_built=False, depth=0):
    """Plain data from parsed wire text; `origin` is the number of its expression."""
    if depth > MAX_DEPTH + 5:
        raise Failed("a value nested too deeply")
    if isinstance(wire, list):
        return [decode(item, origin, False, depth + 1) for item in wire]
    if not isinstance(wire, dict):
        return wire
    tag, inner = wire.get("$"), wire.get("v")
    if tag in READERS:
        return READERS[tag](inner)
    if tag in BUILDERS:
        return BUILDERS[tag]([decode(item, origin, False, depth + 1) for item in inner])
    if tag == "other":
        return Opaque(str(inner)[:60], decode(wire.get("faces"), origin, False, depth + 1), origin, is_built)
    raise Failed("a value that is not plain data")


def judge_one(template, wire, setup):
    namespace = {name: sys.modules[name] for name in MODULES}
    exec(setup, namespace)
    values = loads(wire)

    def value(index, is_built=False):
        # Asked for when the template comes to it: what `or` and `if` leave out may have failed.
        worked, inner = values[index]
        if worked is not True:
            raise Failed(str(inner)[:300])
        return decode(inner, index, is_built)

    namespace["_value"] = value
    return "holds" if eval(template, namespace) else "fails"


def judge_asserts(text):
    """[["holds" | "fails" | "refused", why]] for {setup, items: [{template, wire}]}; `wire` is what evaluate wrote."""
    given = loads(text)
    verdicts = []
    for item in given["items"]:
        try:
            verdict = judge_one(item["template"], item["wire"], given["setup"])
            verdicts.append([verdict, "" if verdict == "holds" else "the assertion is false"])
        except Refused as error:
            verdicts.append(["refused", str(error)])
        except Failed as error:
            verdicts.append(["fails", str(error)])
        except Exception as error:
            verdicts.append(["fails", explain(error)[1][:300]])
    return dumps({"status": "ok", "verdicts": verdicts})
