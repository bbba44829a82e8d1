"""Takes a picture of GraphiQL as a visitor sees it: `python tests/web/look.py docs/images/graphiql.png`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2]))

from tests.web.chromium import chromium
from tests.web.served import serving


def look(path: Path) -> None:
    """Ask the first example's question, unfold what it asks in the explorer, and save what is to be seen."""
    with serving() as origin, chromium() as browser:
        browser.open(f"{origin}/graphql")
        browser.wait_for("document.querySelectorAll('.graphiql-explorer-node').length > 20")
        browser.click(".graphiql-execute-button")
        browser.wait_for("document.querySelector('.graphiql-response')?.innerText.includes('totalCount')")
        browser.click("[aria-label='Labels in KO']")
        browser.wait_for("/[가-힣]/.test(document.querySelector('.graphiql-response').innerText)")
        browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=700, y=880)
        browser.evaluate("new Promise(done => setTimeout(done, 1000))")
        browser.screenshot(path)
        for complaint in browser.complaints:
            sys.stderr.write(f"{complaint}\n")


if __name__ == "__main__":
    look(Path(sys.argv[1]))
