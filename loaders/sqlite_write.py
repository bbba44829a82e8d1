"""Bring the embedded store from what it holds to what was resolved: the difference, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby

import apsw

from kaigraph.loaders.graph import Fact, Node, Resolved
from kaigraph.loaders.layout import PART_OF, RDF_TYPE, SOURCE, SOURCE_CLASS, Layout, layout_of
from kaigraph.loaders.parts import closure
from kaigraph.loaders.sqlite_batch import Batch, Table
from kaigraph.loaders.sqlite_rows import NodeRows, RowMaker, digest
from kaigraph.loaders.sqlite_schema import APPLICATION_ID, FORMAT, indexes, node_columns, quoted, tables
from kaigraph.loaders.store import Changes, Count
from kaigraph.loaders.terms import language_tag, node_id, node_term
from kaigraph.ontology.model import Iri, Model
