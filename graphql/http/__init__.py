"""GraphQL over HTTP, and what a server needs beside it. The front door: an application, its settings, its log."""

from kaigraph.graphql.http.application import Application
from kaigraph.graphql.http.endpoint import Page
from kaigraph.graphql.http.lines import Lines
from kaigraph.graphql.http.logs import Log
from kaigraph.graphql.http.reply import Refused, Reply
from kaigraph.graphql.http.routes import Asked, Route
from kaigraph.graphql.http.settings import Settings

__all__ = ["Application", "Asked", "Lines", "Log", "Page", "Refused", "Reply", "Route", "Settings"]
