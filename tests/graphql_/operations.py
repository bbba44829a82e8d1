"""A Hypothesis strategy for valid operations of an Api, with counts of what they are made of.

Operations are drawn as trees of text. Every field that has arguments gets an alias of its own, so that merged
fragments never conflict; the same selection is then repeated in fragments to have something to merge.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from kaigraph.graphql.api import Api, Argument, EnumType, Filter, Input, Means, Output
from kaigraph.graphql.deriving.scalars import SCALARS
from kaigraph.ontology.model import Field
from tests.graphql_.draws import Draws

LEAVES = frozenset({"String", "Int", "Float", "Boolean", "ID", *SCALARS})


@dataclass(frozen=True)
class After:
    """A cursor to be filled in: the variable, and the response keys that lead to its connection."""

    variable: str
    path: tuple[str, ...]


@dataclass
class Made:
    """An operation, and what it is made of."""

    text: str
    variables: dict[str, object]
    afters: tuple[After, ...]
    parts: Counter[str]

    def __repr__(self) -> str:
        return f"{self.text}\n{json.dumps(self.variables, ensure_ascii=False)}"


def cursors(made: Made, data: object) -> dict[str, str]:
    """For each variable that takes a cursor, the first that an answer without it gave: where its page ended."""
    found = {after.variable: next(_ends(data, after.path), None) for after in made.afters}
    return {variable: cursor for variable, cursor in found.items() if cursor is not None}


def _ends(data: object, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(data, list):
        for one in data:
            yield from _ends(one, path)
    elif isinstance(data, dict) and path:
        yield from _ends(data.get(path[0]), path[1:])
    elif isinstance(data, dict) and data.get("pageInfo") and data["pageInfo"]["endCursor"]:
        yield data["pageInfo"]["endCursor"]


@dataclass(frozen=True)
class Samples:
    """Values to look for: ids and, by scalar, texts as JSON values."""

    ids: tuple[str, ...]
    values: dict[str, tuple[object, ...]]


DEFAULT_SAMPLES = Samples(
    (
        "http://example.org/id/00",
        "http://example.org/id/11",
        "_:b4",
        "http://example.org/nothing",
        "http://example.org/Deal",
    ),
    {
        "String": ("a", "A", "가", "b", "", "😀", "10", 'q"\\', "%"),
        "Integer": ("0", "2", "-1", "9007199254740993", 10),
        "Decimal": ("0", "0.50", "-2.25", "10", 10),
        "Int": (0, 7, -3),
        "Float": (0.5, -2.25, 1),
        "Date": ("2025-01-01", "2025-02-28"),
        "DateTime": ("2025-01-01T00:00:00Z", "2025-02-28T12:30:00"),
        "EDTF": ("2025", "2025-02", "2025-02-20", "2024/2025-01"),
        "Boolean": (True, False),
    },
)

#: What a run of the strategy must have shown, or a test that uses it has looked at too little.
PARTS = frozenset(
    {
        "alias", "typename", "fragment", "inline", "inline-interface", "nested-page", "single-thing", "union", "groups",
        "group-key", "sum", "skip", "include", "skip-variable", "variable", "variable-null", "where", "and", "or",
        "not", "some", "thing", "in", "range", "contains", "isNull", "order", "order-far", "first-0", "after",
        "claims-on", "facts", "edges", "lang", "class", "node", "nodes", "dataset", "label-filter", "enum-filter",
        "date-filter", "as", "said", "current",
    }
)  # fmt: skip


def operations(api: Api, samples: Samples = DEFAULT_SAMPLES, *, depth: int = 3) -> st.SearchStrategy[Made]:
    """Valid operations of an Api."""

    @st.composite
    def made(draw: st.DrawFn) -> Made:  # a closure, lest Hypothesis print the Api
        return _Maker(Draws(draw), api, samples, depth).operation()

    return made()


@dataclass
class _Maker:
    draws: Draws
    api: Api
    samples: Samples
    depth: int
    variables: dict[str, tuple[str, object]] = field(default_factory=dict)
    fragments: list[str] = field(default_factory=list)
    afters: list[After] = field(default_factory=list)
    parts: Counter[str] = field(default_factory=Counter)
    names: int = 0
    unlike: set[str] = field(init=False)  # names of fields that are of one type here and of another there

    def __post_init__(self) -> None:
        shown: dict[str, set[str]] = {}
        for name in {n for members in self.api.possible.values() for n in members}:
            for output in self.api.types[name].fields.values():
                shown.setdefault(output.name, set()).add(output.type)
        self.unlike = {name for name, types in shown.items() if len(types) > 1}

    # -------------------------------------------------------------- choices

    def count(self, part: str) -> None:
        self.parts[part] += 1

    def one_in(self, often: int) -> bool:
        return self.draws.one_in(often)

    def some(self, names: list[str], most: int) -> list[str]:
        return self.draws.some(names, most, 1)

    def name(self, start: str) -> str:
        self.names += 1
        return f"{start}{self.names}"

    # -------------------------------------------------------------- the operation

    def operation(self) -> Made:
        roots = list(self.api.types[self.api.query].fields)
        roots += sorted(roots, key=self.richness)[-3:] * (len(roots) // 3)
        chosen = self.draws.many(roots, 2, 1)
        fixed = [r for r in ("node", "nodes", "dataset") if self.one_in(6)]
        body = " ".join(self.output(self.api.query, r, (), self.depth) for r in [*chosen, *fixed])
        if self.one_in(5):
            self.count("typename")
            body += " __typename"
        declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in self.variables.items())
        head = f"query Q({declared})" if declared else "query Q"
        text = "\n".join([f"{head} {{ {body} }}", *self.fragments])
        given = {name: value for name, (_, value) in self.variables.items() if value is not _ABSENT}
        return Made(text, given, tuple(self.afters), self.parts)

    def richness(self, root: str) -> int:
        """How many kinds of fields the nodes of a root list have."""
        cls = self.api.types[self.api.query].fields[root].cls
        return len({o.means for o in self.api.types[self.api.object_of[cls]].fields.values()}) if cls else 0

    def output(self, parent: str, name: str, path: tuple[str, ...], depth: int) -> str:
        """One field with its arguments and selection."""
        output = self.api.types[parent].fields[name]
        arguments = self.arguments(output)
        key, alias = name, ""
        if arguments or self.one_in(4) or parent == self.api.query or output.means is Means.PAGE or name in self.unlike:
            key = self.name("a")
            alias = f"{key}: "
            self.count("alias")
        at = (*path, key)
        if output.means is Means.PAGE:
            arguments += self.after(at)
        given = f"({', '.join(arguments)})" if arguments else ""
        text = f"{alias}{name}{given}{self.directive()}"
        bare = output.type.strip("[]!")
        if bare in LEAVES or bare in self.api.enums:
            return text
        return f"{text} {self.selection(bare, at, depth - 1, output)}"

    def after(self, at: tuple[str, ...]) -> list[str]:
        if not self.one_in(3):
            return []
        self.count("after")
        name = self.name("after")
        self.variables[name] = ("String", None)
        self.afters.append(After(name, at))
        return [f"after: ${name}"]

    def directive(self) -> str:
        if not self.one_in(8):
            return ""
        which = self.draws.pick(["skip", "include"])
        self.count(which)
        value = self.one_in(2)
        if self.one_in(2):
            self.count("skip-variable")
            name = self.name("v")
            self.variables[name] = ("Boolean!", value)
            return f" @{which}(if: ${name})"
        return f" @{which}(if: {json.dumps(value)})"

    # -------------------------------------------------------------- selections

    def selection(self, type_name: str, path: tuple[str, ...], depth: int, of: Output) -> str:
        """A selection set, never empty: `__typename` or `id` is always safe to ask for."""
        if type_name in self.api.unions:
            self.count("union")
            return self.union(type_name, path, depth)
        made = self.api.types[type_name]
        if of.means is Means.PAGE:
            return self.page(type_name, path, depth)
        names = [n for n, o in made.fields.items() if depth > 0 or self.is_leaf(o)]
        size = 1 + self.draws.below(4) if names else 0
        drawn = [self.draws.spread_out(names, lambda n: made.fields[n].means) for _ in range(size)]
        rare = [n for n in names if made.fields[n].type.strip("[]!") in self.api.unions and self.one_in(3)]
        chosen = list(dict.fromkeys([*drawn, *rare]))
        fields = [self.field(type_name, n, path, depth) for n in chosen]
        fields += [self.inline(type_name, path, depth) for _ in range(self.draws.below(3)) if depth >= 0]
        if not chosen or self.one_in(4):
            self.count("typename")
            fields.append("__typename")
        body = " ".join(fields)
        return f"{{ {self.spread(type_name, body)} }}"

    def field(self, type_name: str, name: str, path: tuple[str, ...], depth: int) -> str:
        output = self.api.types[type_name].fields[name]
        self.seen(output)
        return self.output(type_name, name, path, depth)

    def seen(self, output: Output) -> None:
        parts = {Means.THING: "single-thing", Means.PAGE: "nested-page", Means.FACTS: "facts", Means.EDGES: "edges",
                 Means.KEY: "group-key"}  # fmt: skip
        if output.means in parts:
            self.count(parts[output.means])

    def is_leaf(self, output: Output) -> bool:
        bare = output.type.strip("[]!")
        return bare in LEAVES or bare in self.api.enums

    def inline(self, type_name: str, path: tuple[str, ...], depth: int) -> str:
        """A fragment on the type itself, an interface of it, or one of its possible objects."""
        made = self.api.types[type_name]
        if made.cls is None and type_name != "Node":
            return f"... {{ __typename }}{''}"
        fitting = [type_name, *made.interfaces, *self.api.possible.get(type_name, ())]
        fitting += [n for n in self.api.possible if n in self.api.types and self.overlap(n, type_name)]
        target = self.draws.pick(sorted(set(fitting)))
        self.count("inline-interface" if self.api.types[target].is_interface else "inline")
        names = [n for n, o in self.api.types[target].fields.items() if depth > 0 or self.is_leaf(o)]
        body = " ".join(self.field(target, n, path, depth - 1) for n in self.some(names, 2))
        if self.one_in(3):
            return f"... on {target}{self.directive()} {{ __typename {body} }}"
        return f"... on {target}{self.directive()} {{ {body} }}"

    def overlap(self, one: str, other: str) -> bool:
        mine, theirs = (set(self.api.possible.get(n, (n,))) for n in (one, other))
        return not mine.isdisjoint(theirs)

    def spread(self, type_name: str, body: str) -> str:
        """The body, or a fragment of it, or both: fields to be merged."""
        if not self.one_in(5):
            return body
        self.count("fragment")
        name = self.name("F")
        self.fragments.append(f"fragment {name} on {type_name} {{ {body} }}")
        return f"...{name}" if self.one_in(2) else f"{body} ...{name}"

    def union(self, name: str, path: tuple[str, ...], depth: int) -> str:
        members = self.some(list(self.api.unions[name].members), 2)
        parts = []
        for member in members:
            fields = [n for n, o in self.api.types[member].fields.items() if self.is_leaf(o)]
            # another member's field of the same key may be of another type, so each gets a key of its own
            chosen = " ".join(f"{self.name('u')}: {n}" for n in self.some([n for n in fields if n != "label"], 2))
            parts.append(f"... on {member} {{ {chosen} }}")
        return "{ __typename " + " ".join(parts) + " }"

    def page(self, type_name: str, path: tuple[str, ...], depth: int) -> str:
        fields = self.api.types[type_name].fields
        parts = ["pageInfo { endCursor hasNextPage hasPreviousPage startCursor }"]
        for name in self.some([n for n in fields if n not in ("pageInfo", "sum")], 3):
            self.seen(fields[name])
            match name:
                case "groups":
                    parts.append(self.groups(fields[name].type.strip("[]!"), path, depth))
                case "edges":
                    parts.append(
                        self.edges(fields[name].type.strip("[]!"), (*path, "edges"), depth, root=len(path) == 1)
                    )
                case _:
                    parts.append(self.output(type_name, name, path, depth))
        parts += self.sums(type_name, ())
        return f"{{ {self.spread(type_name, ' '.join(parts))} }}"

    def edges(self, type_name: str, path: tuple[str, ...], depth: int, *, root: bool) -> str:
        fields = self.api.types[type_name].fields
        parts = [self.output(type_name, "node", path, depth)]
        if self.one_in(2):
            parts.append("cursor")
        if not root and self.one_in(2):
            parts.append(f"claims {self.selection(fields['claims'].type.strip('[]!'), path, 0, fields['claims'])}")
        return f"edges {{ {' '.join(parts)} }}"

    def groups(self, type_name: str, path: tuple[str, ...], depth: int) -> str:
        self.count("groups")
        fields = self.api.types[type_name].fields
        keys = [n for n, o in fields.items() if o.means is Means.KEY]
        chosen = self.some(keys, 2) if not self.one_in(8) else []
        parts = [self.field(type_name, k, (*path, "groups"), min(depth, 1)) for k in chosen]
        parts += ["count"] if self.one_in(2) or not parts else []
        parts += self.sums(type_name, tuple(chosen))
        return f"groups {{ {self.spread(type_name, ' '.join(parts))} }}"

    def sums(self, type_name: str, keys: tuple[str, ...]) -> list[str]:
        """A sum of a number whose unit, if it has one, is among the keys."""
        output = self.api.types[type_name].fields.get("sum")
        if output is None or not self.one_in(3):
            return []
        fields = self.api.types[type_name].fields
        units = [_steps(fields[k].path) for k in keys]
        enum = self.api.enums[output.arguments[0].type.strip("!")]
        fitting = [
            n for n, c in enum.choices.items()
            if c.path[-1].property.unit is None
            or (*_steps(c.path[:-1]), (c.path[-1].property.unit, False)) in units
        ]  # fmt: skip
        if not fitting:
            return []
        self.count("sum")
        return [f"{self.name('s')}: sum(of: {self.draws.pick(fitting)})"]

    # -------------------------------------------------------------- arguments

    def arguments(self, output: Output) -> list[str]:
        found: list[str] = []
        for argument in output.arguments:
            needed = argument.type.endswith("!")
            if output.means is Means.SUM or argument.name == "after" or (not needed and self.one_in(3)):
                continue
            found.append(f"{argument.name}: {self.argument(argument)}")
            self.count(
                {"on": "claims-on", "id": "node", "ids": "nodes", "orderBy": "order"}.get(argument.name, argument.name)
            )
        if output.means is Means.DATASET:
            self.count("dataset")
        return found

    def argument(self, argument: Argument) -> str:
        """An argument's value, written out or as a variable."""
        value = self.value(argument)
        if self.one_in(3):
            self.count("variable")
            name = self.name("v")
            if not argument.type.endswith("!") and self.one_in(4):
                self.count("variable-null")
                value = self.draws.pick([None, _ABSENT])
            self.variables[name] = (argument.type, value)
            return f"${name}"
        return self.written(value, argument.type)

    def value(self, argument: Argument) -> object:
        bare = argument.type.strip("[]!")
        match argument.name:
            case "first":
                first = self.draws.below(5)
                self.count(f"first-{first}")
                return first
            case "id":
                return self.draws.pick(self.samples.ids)
            case "ids":
                return self.draws.many(self.samples.ids, 3)
            case "where":
                return self.where(bare, 2)
            case "orderBy":
                return [self.order(bare, 2) for _ in range(self.draws.below(3))]
            case "on":
                return self.some(list(self.api.enums[bare].choices), 3)
            case "current":
                self.count("current")
                return self.draws.pick([True, False])
            case _:
                return self.choice(self.api.enums[bare])

    def choice(self, enum: EnumType) -> str:
        return self.draws.pick(list(enum.choices))

    def order(self, type_name: str, depth: int) -> dict[str, object]:
        fields = self.api.inputs[type_name].fields
        names = [n for n, e in fields.items() if depth > 0 or e.type == "Direction"]
        name = self.draws.spread_out(names, lambda n: fields[n].type == "Direction")
        if fields[name].type == "Direction":
            return {name: self.draws.pick(["ASC", "DESC"])}
        self.count("order-far")
        return {name: self.order(fields[name].type, depth - 1)}

    def where(self, type_name: str, depth: int) -> dict[str, object]:
        fields = self.api.inputs[type_name].fields
        deep = (Filter.AND, Filter.OR, Filter.NOT, Filter.THING, Filter.SOME, Filter.SAID, Filter.AS)
        names = [n for n, e in fields.items() if depth > 0 or e.filter not in deep]
        size = 0 if self.one_in(6) else 1 + self.draws.below(2)
        chosen = [self.draws.spread_out(names, lambda n: (fields[n].filter, fields[n].type)) for _ in range(size)]
        return {name: self.part(fields[name], depth) for name in chosen}

    def part(self, entry: Input, depth: int) -> object:
        bare = entry.type.strip("[]!")
        match entry.filter:
            case Filter.AND | Filter.OR:
                self.count(entry.name)
                return [self.where(bare, depth - 1) for _ in range(self.draws.below(3))]
            case Filter.NOT | Filter.THING | Filter.AS:
                self.count({Filter.NOT: "not", Filter.THING: "thing"}.get(entry.filter, "as"))
                return self.where(bare, depth - 1)
            case Filter.SOME | Filter.SAID:
                self.count("some" if entry.filter is Filter.SOME else "said")
                return {"some": self.where(self.api.inputs[bare].fields["some"].type, depth - 1)}
            case Filter.CLASS:
                self.count("class")
                return self.some(list(self.api.enums[bare].choices), 2)
            case _:
                return self.tests(entry, bare)

    def tests(self, entry: Input, filter_type: str) -> dict[str, object]:
        fields = self.api.inputs[filter_type].fields
        if entry.filter is Filter.LABEL:
            self.count("label-filter")
        return {name: self.test(fields[name]) for name in self.some(list(fields), 2)}

    def test(self, entry: Input) -> object:
        bare = entry.type.strip("[]!")
        groups = {"lt": "range", "lte": "range", "gt": "range", "gte": "range", "before": "date-filter",
                  "after": "date-filter", "onOrBefore": "date-filter", "onOrAfter": "date-filter",
                  "overlaps": "date-filter", "startsWith": "contains"}  # fmt: skip
        self.count(groups.get(entry.name, entry.name))
        if bare in self.api.enums:
            self.count("enum-filter")
            values: Sequence[object] = list(self.api.enums[bare].choices)
        else:
            values = self.samples.ids if bare == "ID" else self.samples.values[bare]
        return self.draws.many(values, 3) if entry.name == "in" else self.draws.pick(values)

    # -------------------------------------------------------------- writing

    def written(self, value: object, type_: str) -> str:
        """A value as GraphQL writes it, guided by its type: enum values stand bare."""
        bare = type_.strip("[]!")
        if isinstance(value, list):
            return f"[{', '.join(self.written(v, bare) for v in value)}]"
        if isinstance(value, dict):
            fields = self.api.inputs[bare].fields
            return "{" + ", ".join(f"{k}: {self.written(v, fields[k].type)}" for k, v in value.items()) + "}"
        return str(value) if bare in self.api.enums else json.dumps(value, ensure_ascii=False)


def _steps(path: Iterable[Field]) -> tuple[tuple[str | None, bool], ...]:
    return tuple((step.property.iri, step.inverse) for step in path)


class _Absent:
    """A variable that is declared and not given."""

    def __repr__(self) -> str:
        return "absent"


_ABSENT = _Absent()
