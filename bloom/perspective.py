"""A perspective as Bloom exports it: the same bytes for the same Model, phrases, language and data version."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from uuid import NAMESPACE_URL, uuid5

from kaigraph.bloom.arrows import hidden_types, path_segments, relationship_types
from kaigraph.bloom.ground import Ground
from kaigraph.bloom.nodes import categories, category_ids, label_keys
from kaigraph.bloom.palette import CERTAINTIES, CONFLICT, KINDS, SOURCES, STATEMENTS
from kaigraph.bloom.question import Parameter, Question
from kaigraph.bloom.records import Record, digits
from kaigraph.loaders.neo4j.index import Index
from kaigraph.loaders.neo4j.indexes import indexes_of

#: The version of Bloom whose exports the file is modelled on.
VERSION = "2.21.0"
#: 1 January 2025, UTC: a moment has to stand there, and it must not move.
CREATED = 1_735_689_600_000


def perspective(name: str, ground: Ground, questions: Sequence[Question], created: int = CREATED) -> Record:
    """The perspective; `created` is in ms since 1970."""
    phrases = [q for q in questions if not q.is_action]
    actions = [q for q in questions if q.is_action]
    return {
        "name": name,
        "id": str(uuid5(NAMESPACE_URL, f"{ground.model.hash} {ground.language} {name}")),
        "categories": categories(ground, created),
        "labels": label_keys(ground),
        "relationshipTypes": relationship_types(ground),
        "palette": {"colors": [*KINDS, CONFLICT, STATEMENTS, SOURCES, *CERTAINTIES.values()], "currentIndex": 0},
        "createdAt": created,
        "lastEditedAt": created,
        "templates": [_template(q, created + i) for i, q in enumerate(phrases)],
        "sceneActions": [_action(q, ground, created + i) for i, q in enumerate(actions)],
        "hiddenRelationshipTypes": hidden_types(ground),
        "hideUncategorisedData": True,
        "type": "STANDARD_PERSPECTIVE",
        "maxLimitToastMsgEnabled": False,
        "parentPerspectiveId": None,
        "metadata": {"pathSegments": path_segments(ground), "indexes": _indexes(ground)},
        "version": VERSION,
    }


def as_json(record: Record) -> bytes:
    """The file: one line, as exports are."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _template(question: Question, at: int) -> Record:
    return {
        "name": question.description,
        "id": f"tmpl:{digits(question.iri, question.text)}",
        "createdAt": at,
        "text": question.text,
        "cypher": question.answer.statement,
        "isUpdateQuery": False,
        "isWriteTransactionChecked": False,
        "params": [_parameter(p) for p in question.answer.parameters],
        "hasCypherErrors": False,
    }


def _parameter(parameter: Parameter) -> Record:
    return {
        "name": f"${parameter.name}",
        "dataType": parameter.type,
        "collapsed": False,
        "suggestionLabel": parameter.label,
        "suggestionProp": parameter.key,
        "suggestionBoolean": False,
        "cypher": parameter.statement,
    }


def _action(question: Question, ground: Ground, at: int) -> Record:
    ids = category_ids(ground)
    return {
        "name": question.text,
        "id": str(uuid5(NAMESPACE_URL, f"{question.iri} {question.text}")),
        "createdAt": at,
        "cypher": question.answer.statement,
        "isUpdateQuery": False,
        "isWriteTransactionChecked": False,
        "categories": sorted(ids[label] for label in question.labels if label in ids) or None,
        "relationshipTypes": None,
        "hasCypherErrors": False,
    }


def _indexes(ground: Ground) -> list[Record]:
    """The indexes on nodes that are there, by label."""
    keys: dict[str, list[str]] = defaultdict(list)
    full: list[Record] = []
    for index in indexes_of(ground.model):
        if index.words:
            full.append(_full_text(index))
        elif not index.on_edges and index.label in ground.there.labels:
            keys[index.label].append(index.key)
    native: list[Record] = [
        {"label": label, "type": "native", "propertyKeys": [{"key": k, "metadataProp": False} for k in sorted(found)]}
        for label, found in sorted(keys.items())
        if not label.endswith("_")
    ]
    return [*native, *full]


def _full_text(index: Index) -> Record:
    return {
        "type": "full-text",
        "state": "ONLINE",
        "entityType": "NODE",
        "tokenNames": [index.label],
        "name": index.name,
        "propertyNames": list(index.words),
        "provider": {"key": "fulltext", "version": "2.0"},
    }
