"""A Rasa that answers the desk's questions as it is told, on a port of its own."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "geheim-" * 6


class RasaDouble:
    """Attributes:
    asked: texts, in their order.
    status, body: what it answers to whoever knows ``SECRET``.
    hangs_up: whether it closes the line after each answer, without saying so.
    go: it waits for this before each answer.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status, self.body, self.hangs_up = 200, "{}", False
        self.go = threading.Event()
        self.go.set()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def thinks(self, shares: dict[str, float]) -> None:
        """Answer with these log shares."""
        self.body = json.dumps({"needs": shares})

    def close(self) -> None:
        """End it."""
        self.go.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(double: RasaDouble) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            assert self.path == "/webhooks/needs/scores"
            double.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"])
            double.go.wait()
            body = double.body.encode()
            self.send_response(double.status if self.headers["X-Newcitizen-Secret"] == SECRET else 403)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = double.hangs_up

        def log_message(self, *_: object) -> None:
            pass

    return Handler
