"""The page as a server, over its own protocol: who gets a connection, and what one connection may take from others."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from page.host import AT_ONCE, EVERY
from scripts.bench.load import Visitor, page_server, questions
from search.locations import INDEX_VARIABLE

websocket = pytest.importorskip("websocket")

pytestmark = [pytest.mark.model, pytest.mark.slow]

FLOOD = 500


@pytest.fixture(scope="module")
def port(real_index: Path) -> Iterator[int]:
    """Serve the page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(INDEX_VARIABLE, str(real_index))
        with page_server() as (number, _):
            Visitor(number, questions()).ask(0)  # what is first is slow
            yield number


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("library.example", "http://library.example"),  # a name made to lead here
        ("localhost", "http://library.example"),
        ("library.example", None),
    ],
)
def test_a_connection_under_a_foreign_name_is_refused(port: int, host: str, origin: str | None) -> None:
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    with pytest.raises((websocket.WebSocketException, OSError)):
        websocket.create_connection(address, timeout=10, host=host, origin=origin, suppress_origin=origin is None)
    websocket.create_connection(
        address, timeout=10, host=f"localhost:{port}", origin=f"http://localhost:{port}"
    ).close()


def test_one_connection_with_hundreds_of_questions_leaves_room_for_the_others(port: int) -> None:
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    socket = websocket.create_connection(f"ws://127.0.0.1:{port}/_stcore/stream", timeout=60)
    begun: list[float] = []

    def read() -> None:
        while True:
            try:
                content = socket.recv()
            except (websocket.WebSocketException, OSError):
                return
            if not isinstance(content, bytes):  # closed
                return
            message = ForwardMsg.FromString(content)
            if message.WhichOneof("type") == "new_session":
                begun.append(time.monotonic())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    other, texts = Visitor(port, questions()), questions()
    for n in range(FLOOD):
        message = BackMsg()
        message.rerun_script.query_string = urlencode({"q": f"{n} {texts[n % len(texts)]}"})
        socket.send_binary(message.SerializeToString())
        time.sleep(0.02)  # sent all at once they are one
    start = time.monotonic()
    other.ask(1)
    answered = time.monotonic() - start
    time.sleep(5)  # what else of the flood is there to come
    socket.close()
    reader.join(10)
    assert answered < 20
    assert 1 <= len(begun) <= AT_ONCE + 1.5 * (begun[-1] - begun[0]) / EVERY + 2
