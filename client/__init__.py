"""For analysts: ask a kaigraph, and get typed rows or a frame."""

from kaigraph.client.client import Client
from kaigraph.client.errors import DataChanged, QueryFailed, Unreachable
from kaigraph.client.local import shipped
from kaigraph.client.result import Result

__all__ = ["Client", "DataChanged", "QueryFailed", "Result", "Unreachable", "shipped"]
