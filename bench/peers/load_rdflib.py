"""The peer: N-Triples into Neo4j by rdflib-neo4j, batching as its README says. It checks nothing.

Run by the Python of bench/.peers/: load_rdflib.py URI PASSWORD FILE
"""

import sys

from neo4j import GraphDatabase
from rdflib import Graph, Namespace
from rdflib_neo4j import HANDLE_VOCAB_URI_STRATEGY, Neo4jStore, Neo4jStoreConfig


def main(uri: str, password: str, file: str) -> None:
    """Load a file."""
    # The driver is handed over: the one that rdflib-neo4j 1.1 makes itself has an option that version 6 refuses.
    driver = GraphDatabase.driver(uri, auth=("neo4j", password))
    config = Neo4jStoreConfig(
        custom_prefixes={"ex": Namespace("http://example.org/made#")},
        handle_vocab_uri_strategy=HANDLE_VOCAB_URI_STRATEGY.IGNORE,
        batching=True,
    )
    graph = Graph(store=Neo4jStore(config=config, neo4j_driver=driver))
    graph.parse(file, format="nt")
    graph.close(True)
    driver.close()


main(*sys.argv[1:])
