"""Entity tags: strong ones, of the very bytes that leave.

A tag is a digest of the body, and the body holds the data version: a load that changes anything changes every tag,
and so does another version of this program. Each content coding has a tag of its own (RFC 9110, 8.8.3.3).
"""

from __future__ import annotations

import re
from hashlib import blake2b

from kaigraph.graphql.http.accept import IDENTITY
from kaigraph.graphql.http.kept import Kept

_TAG = re.compile(rb'(?:W/)?("[^"]*")')


def tag_of(media: bytes, body: bytes, coding: bytes, kept: Kept) -> bytes:
    """The tag of a representation."""
    digest = kept.get(body, media)
    if digest is None:
        digest = blake2b(body, digest_size=15, person=media.partition(b";")[0][-16:]).hexdigest().encode()
        kept.put(body, media, digest)
    return b'"' + digest + (b"" if coding == IDENTITY else b"-" + coding) + b'"'


def is_known(if_none_match: bytes, tag: bytes) -> bool:
    """Whether a client has a representation already: the weak comparison, since caches on the way weaken tags."""
    return if_none_match.strip() == b"*" or tag in _TAG.findall(if_none_match)
