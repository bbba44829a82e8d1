"""Plans over the small Model, built by hand: the inputs of `test_sql_text`."""

from __future__ import annotations

from kaigraph.graphql.plan import (
    TRUE,
    All,
    Any,
    ById,
    Claims,
    Condition,
    Constant,
    DatasetInfo,
    EdgeCursor,
    EdgeNode,
    Expr,
    Extent,
    FactPart,
    Facts,
    GroupCount,
    GroupKey,
    Groups,
    Hop,
    Id,
    Label,
    LabelLeaf,
    Member,
    Missing,
    Not,
    Order,
    Page,
    PageEdges,
    PageInfo,
    PageNodes,
    Param,
    Path,
    Plan,
    Record,
    Root,
    Some,
    Sources,
    Sum,
    Switch,
    Test,
    TextIn,
    Thing,
    Total,
    TypeName,
    Value,
    ValueLeaf,
    Values,
)
from kaigraph.ontology.model import Field
from tests.graphql_.models import EX, SMALL


def field(cls: str, name: str) -> Field:
    return next(f for f in SMALL.classes[EX + cls].fields if f.name == name)


def plan(params: int, **roots: Root) -> Plan:
    return Plan(tuple(roots.items()), tuple(Param(lambda v: v) for _ in range(params)))


def record(**entries: Expr) -> Record:
    return Record(tuple(entries.items()))


def nodes(cls: str, where: Condition, *order: Order, first: int = 0, select: Record | Switch | None = None) -> Page:
    return Page(Extent(EX + cls), where, order, first, None, (("nodes", PageNodes(select or record(id=Id()))),))


SIZE, STATE, VALUE = (ValueLeaf(field(*f)) for f in (("Deal", "size"), ("Deal", "state"), ("Money", "value")))
BEGINS, CODE = ValueLeaf(field("Deal", "begins")), ValueLeaf(field("Deal", "code"))
PAYER, AMOUNT = Hop(EX + "payer"), Hop(EX + "amount")

PLANS: dict[str, Plan] = {
    "one_node": plan(
        1,
        node=ById(
            0,
            record(
                id=Id(), label=Label("ko"), size=Value(field("Deal", "size"), "text"),
                count=Value(field("Deal", "count"), "number"), marks=Values(field("Deal", "marks"), "text"),
                title=TextIn(field("Deal", "title"), "ko"), payer=Thing(PAYER, record(id=Id())),
            ),
        ),
    ),
    "list_by_label": plan(1, deals=nodes("Deal", TRUE, Order(Path((), LabelLeaf("en"))))),
    "list_by_value": plan(1, deals=nodes("Deal", TRUE, Order(Path((), SIZE), descending=True))),
    "filters": plan(
        7,
        deals=nodes(
            "Deal",
            All(
                (
                    Test(SIZE, "gt", (0,)),
                    Any((Test(CODE, "startsWith", (1,)), Missing(CODE))),
                    Not(Some(AMOUNT, Test(VALUE, "gte", (2,)))),
                    Test(BEGINS, "overlaps", (3, 4)),
                    Test(LabelLeaf(None), "contains", (5,)),
                    Member((EX + "Deal",)),
                )
            ),
            first=6,
        ),
    ),
    "a_page_with_everything": plan(
        4,
        things=Page(
            Extent(EX + "Deal"), Test(STATE, "eq", (0,)), (Order(Path((PAYER,), LabelLeaf("en"))),), 1, (2, 3),
            (
                ("totalCount", Total()),
                ("edges", PageEdges((("cursor", EdgeCursor()), ("node", EdgeNode(record(id=Id())))))),
                ("pageInfo", PageInfo((("hasNextPage",) * 2, ("hasPreviousPage",) * 2, ("endCursor",) * 2))),
            ),
            "tag",
        ),
    ),
    "groups_with_sums": plan(
        1,
        deals=Page(
            Extent(EX + "Deal"), TRUE, (), 0, None,
            (
                (
                    "groups",
                    Groups(
                        (
                            GroupKey(Path((), STATE), "enum"),
                            GroupKey(Path((PAYER,), LabelLeaf("en")), select=record(id=Id())),
                        ),
                        (("state", 0), ("payer", 1), ("count", GroupCount()), ("sum", Sum(Path((), SIZE)))),
                    ),
                ),
            ),
        ),
    ),
    "by_class": plan(
        1,
        bodies=nodes(
            "Body", TRUE,
            select=Switch(
                (((EX + "Firm", EX + "Lab"), record(staff=Value(field("Firm", "staff"), "number"))),),
                record(type=TypeName(((EX + "School", "School"),), "Body")),
            ),
        ),
    ),
    "evidence": plan(
        1,
        node=ById(
            0,
            record(
                claims=Claims(record(id=Id()), (EX + "amount",)), sources=Sources(record(id=Id())),
                facts=Facts((("property", FactPart("property")), ("claims", FactPart("claims", record(id=Id()))))),
            ),
        ),
    ),
    "dataset": plan(0, dataset=DatasetInfo((("version",) * 2, ("modelHash",) * 2)), type=Constant("Query")),
}  # fmt: skip
