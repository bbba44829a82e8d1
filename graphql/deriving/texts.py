"""Descriptions in the API, from the texts of the Model."""

from __future__ import annotations

from kaigraph.ontology.model import Class, Property, Texts


def in_languages(texts: Texts, languages: tuple[str, ...]) -> list[str]:
    """The texts in the order of the Model's languages; those without a language only where there are no others."""
    return [texts[tag] for tag in languages if texts.get(tag)] or [t for t in (texts.get("", ""),) if t]


def describe(definitions: Texts, labels: Texts, languages: tuple[str, ...]) -> str:
    """One line a language: the definition or, where there is none at all, the label."""
    return "\n".join(in_languages(definitions, languages) or in_languages(labels, languages))


def describe_class(cls: Class, languages: tuple[str, ...]) -> str:
    """A class's definition, then its examples."""
    examples = [f"Example: `{example}`" for example in cls.examples]
    return "\n".join(filter(None, [describe(cls.definitions, cls.labels, languages), *examples]))


def describe_property(prop: Property, languages: tuple[str, ...], *, inverse: bool) -> str:
    """A property's definition. Seen from its object, it is only named: what it says, it says of the subject."""
    if not inverse:
        return describe(prop.definitions, prop.labels, languages)
    labels = "; ".join(in_languages(prop.labels, languages))
    return f"All that have this as their `{prop.name}`" + (f" ({labels})." if labels else ".")
