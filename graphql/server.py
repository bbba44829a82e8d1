"""The HTTP server's old address: the application lives in `kaigraph.graphql.http`."""

from kaigraph.graphql.http.application import Application

__all__ = ["Application"]
