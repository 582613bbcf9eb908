# Values that JSON and JavaScript lack, as wire text for asserts: numbers and dates of the standard library, views,
# ranges, iterators, and of objects of the program's own classes what str, len and the like say of them. judge.py reads
# it. Runs beside the harness in the program's interpreter; what a program changes here changes its own answer only.
import datetime, decimal, fractions, itertools, types  # noqa: E401
from json import dumps

import harness
from harness import encode

MAX_ITEMS = 100_000
VIEWS = {type({}.keys()): "keys", type({}.values()): "values", type({}.items()): "items"}
# Subclasses first: a datetime is a date.
BY_TEXT = (
    ("decimal", decimal.Decimal, decimal.Decimal.__str__),
    ("fraction", fractions.Fraction, fractions.Fraction.__str__),
    ("datetime", datetime.datetime, datetime.datetime.isoformat),
    ("date", datetime.date, datetime.date.isoformat),
    ("time", datetime.time, datetime.time.isoformat),
    ("bytes", bytes, bytes.hex),
    ("bytearray", bytearray, bytearray.hex),
)


def tagged(tag, values, depth, budget):
    return '{"$":"%s","v":%s}' % (tag, encode(list(values), depth + 1, budget, encode_rich))


def encode_rich(value, depth, budget):
    for tag, kind, text in BY_TEXT:
        if isinstance(value, kind):
            said = text(value)
            budget[0] -= len(said) // harness.TEXT_PER_NODE
            return '{"$":"%s","v":%s}' % (tag, dumps(said))
    if isinstance(value, complex):
        return tagged("complex", (complex.real.__get__(value), complex.imag.__get__(value)), depth, budget)
    if isinstance(value, datetime.timedelta):
        return tagged("timedelta", (value.days, value.seconds, value.microseconds), depth, budget)
    if type(value) is range:
        return tagged("range", (value.start, value.stop, value.step), depth, budget)
    if type(value) in VIEWS:
        return tagged(VIEWS[type(value)], value, depth, budget)
    if hasattr(type(value), "__next__"):
        # One item more than can come back says that there are more.
        items = list(itertools.islice(value, min(MAX_ITEMS, max(0, budget[0])) + 1))
        is_all = len(items) <= MAX_ITEMS and budget[0] > len(items)
        kind = "generator" if isinstance(value, types.GeneratorType) else "iterator"
        return tagged(kind, [is_all, *items[:MAX_ITEMS]], depth, budget)
    faces = encode(faces_of(value), depth + 1, budget) if depth == 0 else "null"
    return '{"$":"other","v":%s,"faces":%s}' % (dumps(type(value).__name__[:60]), faces)


def faces_of(value):
    """What an object of a class of the program's own says of itself, by the functions that ask it."""
    kind, said = type(value), {}

    def ask(name, method, read):
        if getattr(kind, method, None) not in (None, getattr(object, method, None)):
            try:
                said[name] = read(value)
            except Exception:
                pass

    ask("repr", "__repr__", repr)
    ask("str", "__repr__", str)
    ask("str", "__str__", str)
    ask("len", "__len__", len)
    ask("bool", "__len__", bool)
    ask("bool", "__bool__", bool)
    ask("int", "__int__", int)
    ask("float", "__float__", float)
    ask("items", "__iter__", lambda iterable: list(itertools.islice(iterable, 10_000)))
    return said


harness.encode_rich = encode_rich
