"""The floor: uvicorn answering every request with the same bytes (FLOOR_BODY), and nothing else to do."""

import os

BODY = os.environ["FLOOR_BODY"].encode()
START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"application/json"), (b"content-length", str(len(BODY)).encode())],
}
END = {"type": "http.response.body", "body": BODY}


async def app(scope, receive, send):  # noqa: ANN001, ANN201  # ASGI as it stands in every manual
    """Answer."""
    while scope["type"] == "lifespan":
        kind = (await receive())["type"]
        await send({"type": f"{kind}.complete"})
        if kind == "lifespan.shutdown":
            return
    while (await receive()).get("more_body"):
        pass
    await send(START)
    await send(END)
