"""The same questions for people with Neo4j Browser: a page of Markdown with a statement each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kaigraph.bloom.arrows import shown_types
from kaigraph.bloom.ground import Ground
from kaigraph.bloom.nodes import shown_classes, text_in
from kaigraph.bloom.question import Parameter, Question
from kaigraph.ontology.model import Texts

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Questions for Neo4j Browser",
        "how": "Made by `kaigraph bloom --guide`. Paste a block into Neo4j Browser, change the values after `=>`, and "
        "run it. They are the search phrases of the Bloom perspective, and only read.",
        "phrases": "Phrases",
        "actions": "About what is selected",
        "picked": "Click a node or a link: its `<elementId>` stands in the details. Put it into the list.",
        "links": "What the arrows say",
        "type": "type",
        "means": "means",
        "kinds": "What the circles are",
        "label": "label",
    },
    "ko": {
        "title": "Neo4j 브라우저용 물음",
        "how": "`kaigraph bloom --guide`로 만든 문서다. 블록을 Neo4j 브라우저에 붙여 넣고 `=>` 뒤의 값을 바꾸어 "
        "실행한다. Bloom 퍼스펙티브의 검색 문구와 같으며 읽기만 한다.",
        "phrases": "검색 문구",
        "actions": "고른 것에 관한 물음",
        "picked": "노드나 관계를 누르면 상세 정보에 `<elementId>`가 나온다. 그 값을 목록에 넣는다.",
        "links": "화살표의 뜻",
        "type": "타입",
        "means": "뜻",
        "kinds": "원의 뜻",
        "label": "레이블",
    },
}


def guide(ground: Ground, questions: Iterable[Question]) -> str:
    """The page, in the language of the ground, or in English where it speaks none of ours."""
    words = _WORDS.get(ground.language, _WORDS["en"])
    asked = list(questions)
    parts = [f"# {words['title']}\n\n{words['how']}\n\n## {words['phrases']}\n"]
    parts += [_phrase(q) for q in asked if not q.is_action]
    parts.append(f"## {words['actions']}\n\n{words['picked']}\n")
    parts += [_action(q) for q in asked if q.is_action]
    parts.append(_table(words["kinds"], (words["label"], words["means"]), _kinds(ground)))
    parts.append(_table(words["links"], (words["type"], words["means"]), _links(ground)))
    return "\n".join(parts)


def _phrase(question: Question) -> str:
    values = (f":param {p.name} => {_value(p, question.example)}" for p in question.answer.parameters)
    return _block(question, values)


def _action(question: Question) -> str:
    return _block(question, [f":param {'relationships' if question.on_links else 'nodes'} => ['…']"])


def _block(question: Question, values: Iterable[str]) -> str:
    given = "".join(f"{line}\n" for line in values)
    given = f"```\n{given}```\n" if given else ""
    statement = f"```cypher\n{question.answer.statement}\n```\n"
    return f"### {question.text}\n\n{question.description}\n\n{given}{statement}"


def _value(parameter: Parameter, example: Mapping[str, str]) -> str:
    """A value as Browser takes it: a literal of Cypher."""
    value = example.get(parameter.name, "…")
    if parameter.type == "Integer" and value.isdigit():
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def _table(title: str, heads: tuple[str, str], rows: Iterable[tuple[str, str]]) -> str:
    lines = "".join(f"| `{name}` | {said} |\n" for name, said in rows)
    return f"## {title}\n\n| {heads[0]} | {heads[1]} |\n| --- | --- |\n{lines}"


def _kinds(ground: Ground) -> Iterator[tuple[str, str]]:
    rows = ((ground.mapping.label(c.iri), text_in(c.labels, ground.language, c.name)) for c in shown_classes(ground))
    yield from sorted(rows)


def _links(ground: Ground) -> Iterator[tuple[str, str]]:
    names: dict[str, Texts] = {ground.mapping.type(p.iri): p.labels for p in ground.model.properties.values()}
    names |= {t: ground.model.classes[c].labels for c, t in ground.mapping.contracted.items()}
    names |= _DERIVED
    for type_ in shown_types(ground):
        if type_ in names:
            yield type_, text_in(names[type_], ground.language, type_)


_DERIVED: Mapping[str, Texts] = {
    "ABOUT": {"en": "the claim says something of it", "ko": "주장이 그것에 관해 말함"},
    "FROM": {"en": "the claim is made in the source", "ko": "주장이 그 출처에 실림"},
}
