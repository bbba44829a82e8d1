"""Operations over the small Model of `models`: together they use every kind of node that a plan can hold."""

from __future__ import annotations

PAGE_INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"

OPERATIONS: dict[str, str] = {
    "every_deal": """{ deals { totalCount nodes {
        __typename id iri label ko: label(lang: KO) classes title t: title(lang: KO) code begins
        size count day moment marks sizes tags state
        odd { value datatype language } free { value datatype language __typename }
        amount { value unit }
    } } }""",
    "by_class": """{ bodys { nodes {
        __typename id ... on Firm { staff } ... on School { open } ... on Lab { share again: share }
        motto { value language } en: motto(lang: EN) { value }
    } } }""",
    "far": """{ deals { nodes {
        payer { id staff paid { totalCount nodes { id } } } owner { __typename id } other { id label }
        note { __typename ... on LiteralValue { value datatype language } ... on Node { id label } }
        about { nodes { __typename id } }
    } } }""",
    "evidence": """{ deals { nodes {
        claims { id certainty source { id published label } } on: claims(on: [amount, state]) { id }
        sources { id label }
        facts { property value datatype language current node { __typename id } claims { id } }
        about { edges { cursor claims { id } node { id sources { id } } } }
    } } }""",
    "inverse": """{ moneys: moneys { nodes { amountOf { edges { claims { id } node { id state } } } } } }""",
    "pages": f"""{{ deals(first: 2, orderBy: [{{state: DESC}}, {{begins: ASC}}, {{label: DESC}}]) {{
        totalCount {PAGE_INFO} edges {{ cursor node {{ id state begins }} }} nodes {{ id }}
    }} }}""",
    "orders": """{
        a: deals(orderBy: [{amount: {value: ASC}}]) { nodes { id amount { value } } }
        b: deals(orderBy: [{payer: {staff: DESC}}, {id: DESC}]) { nodes { id payer { staff } } }
        c: deals(orderBy: [{size: ASC}, {count: DESC}]) { nodes { id size count } }
        d: deals(orderBy: [{code: ASC}]) { nodes { id code } }
        e: bodys(orderBy: [{label: ASC}, {code: DESC}]) { nodes { id label code } }
        f: deals(orderBy: [{id: DESC}], first: 1) { nodes { id } }
        g: labs(orderBy: [{open: DESC}, {share: ASC}]) { nodes { id open share } }
        h: deals(orderBy: [{moment: DESC}, {day: ASC}]) { nodes { id moment day } }
    }""",
    "tests": """{
        a: deals(where: {size: {gt: "0", lte: "10"}}) { nodes { id size } }
        b: deals(where: {code: {in: ["a", "가"]}}) { nodes { id code } }
        c: deals(where: {code: {contains: "B"}, not: {code: {startsWith: "a"}}}) { nodes { id code } }
        d: deals(where: {label: {contains: "a"}}) { totalCount nodes { id label } }
        e: things(where: {label: {startsWith: "B"}}) { nodes { id } }
        f: things(where: {label: {eq: "a"}}) { nodes { id } }
        g: things(where: {or: [{label: {in: ["가", "é"]}}, {begins: {isNull: true}}]}) { nodes { id } }
        h: deals(where: {state: {in: [open, closed]}}) { nodes { id state } }
        i: deals(where: {tags: {eq: open}}) { nodes { id tags } }
        j: deals(where: {marks: {contains: "a"}, sizes: {gte: "0.5"}}) { nodes { id marks sizes } }
        k: deals(where: {not: {sizes: {lt: "0"}}}) { nodes { id } }
        l: deals(where: {marks: {isNull: true}, size: {isNull: false}}) { nodes { id } }
        m: deals(where: {free: {eq: "a"}}) { nodes { id } }
        n: deals(where: {class: [Firm, Deal]}) { totalCount }
        o: things(where: {class: [School]}) { totalCount nodes { id } }
        p: schools(where: {open: {eq: false}}) { nodes { id } }
        q: labs(where: {share: {eq: 1}}) { nodes { id } }
        r: deals(where: {or: []}) { totalCount }
        s: deals(where: {and: [], id: {in: ["http://example.org/id/00", "x"]}}) { totalCount }
        t: deals(where: {title: {startsWith: "a"}}) { nodes { id title } }
    }""",
    "dates": """{
        a: things(where: {begins: {before: "2025-02-10"}}) { nodes { begins } }
        b: things(where: {begins: {after: "2025-01"}}) { nodes { begins } }
        c: things(where: {begins: {onOrBefore: "2025-02"}}) { nodes { begins } }
        d: things(where: {begins: {onOrAfter: "2025-02"}}) { nodes { begins } }
        e: things(where: {begins: {overlaps: "2025-02"}}) { nodes { begins } }
        f: things(where: {begins: {eq: "2025"}}) { nodes { begins } }
        g: deals(where: {moment: {after: "2025-01-01T00:00:00Z"}}) { nodes { moment } }
        h: deals(where: {day: {overlaps: "2025-01-01"}}) { nodes { day } }
        i: deals(where: {day: {onOrAfter: "2025-01-01", before: "2025-02-28"}}) { nodes { day } }
    }""",
    "some": """{
        a: deals(where: {amount: {unit: {eq: krw}, value: {gte: "0"}}}) { totalCount nodes { id } }
        b: firms(where: {paid: {some: {amount: {value: {gt: "1"}}}}}) { nodes { id } }
        c: deals(where: {payer: {paid: {some: {state: {eq: open}}}}}) { nodes { id } }
        d: deals(where: {not: {payer: {staff: {gt: 1}}}}) { nodes { id } }
        e: deals(where: {about: {some: {class: [Firm]}}}) { nodes { id } }
        f: deals(where: {owner: {}}) { nodes { id } }
        g: deals(where: {amount: {amountOf: {some: {}}}}) { totalCount }
        h: firms { nodes {
            paid(where: {size: {gt: "0"}}, orderBy: [{size: DESC}], first: 1) { totalCount nodes { id } }
        } }
    }""",
    "sums": """{ deals { totalCount sum(of: SIZE) counts: sum(of: COUNT) staff: sum(of: PAYER_STAFF)
        groups { count state code payer { id } sum(of: SIZE) __typename }
    } bodys { groups { count begins code } } deals2: deals(where: {size: {gt: "0"}}) {
        sum(of: SIZE) groups { size count_ count day } } }""",
    "group_things": """{ deals { groups { owner { __typename id } amountUnit sum(of: AMOUNT_VALUE) count moment } }
        labs { groups { open share count } } }""",
    "nested_groups": """{ firms { nodes { id paid(orderBy: [{code: ASC}]) { totalCount sum(of: SIZE)
        groups { state count sum(of: SIZE) } edges { cursor } } } } }""",
    "dataset": """{ dataset { modelHash }
        claims { nodes { id source { id claimsMade { totalCount nodes { id } } } } } }""",
    "not_in_order": """query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id label ... on Deal { size } }
        node(id: "http://example.org/id/00") { __typename id } none: node(id: "urn:none") { id } }""",
}  # fmt: skip
VARIABLES: dict[str, dict[str, object]] = {
    "not_in_order": {"ids": ["http://example.org/id/11", "urn:none", "http://example.org/id/00", "_:b4"]}
}
