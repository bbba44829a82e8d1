"""The vocabulary and the Model read from it."""

from kaigraph.ontology.model import (
    Class,
    Enumeration,
    EnumValue,
    Field,
    Iri,
    Kind,
    Model,
    Property,
    Renaming,
    Texts,
)
from kaigraph.ontology.reader import make_model
from kaigraph.ontology.vocabulary import CORE_ONTOLOGY, DEFAULT_ONTOLOGY, Vocabulary, read_vocabulary

__all__ = [
    "CORE_ONTOLOGY",
    "DEFAULT_ONTOLOGY",
    "Class",
    "EnumValue",
    "Enumeration",
    "Field",
    "Iri",
    "Kind",
    "Model",
    "Property",
    "Renaming",
    "Texts",
    "Vocabulary",
    "make_model",
    "read_vocabulary",
]
