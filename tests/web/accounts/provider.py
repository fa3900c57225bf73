"""A small provider of OpenID Connect: it tells where its doors are, hands out codes, and tells of a code's person to whoever has the
right secret."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

CLIENT, SECRET = "xiangxu", "between-the-two"
# ECDSA: a key is made at once.
_KEY = ec.generate_private_key(ec.SECP256R1())


class Provider:
    """Where it is, and whom it has let in by which code."""

    def __init__(self, address: str) -> None:
        self.address = address
        # For whom its tokens say they are; another's is nobody's business of ours.
        self.audience = CLIENT
        self._codes: dict[str, tuple[str, dict[str, Any]]] = {}
        self._people: dict[str, dict[str, Any]] = {}

    def lets_in(self, asked: str, **claims: Any) -> str:
        """The person has signed in here, sent by the site to the address ``asked``; gives the address that they are sent back to."""
        address, query = asked.split("?", 1)
        told = {name: values[0] for name, values in parse_qs(query).items()}
        assert address == f"{self.address}/authorize"
        assert (told["client_id"], told["response_type"]) == (CLIENT, "code")
        assert "openid" in told["scope"].split()
        code = f"code{len(self._codes)}"
        self._codes[code] = (told["redirect_uri"], claims)
        return f"{urlsplit(told['redirect_uri']).path}?{urlencode({'code': code, 'state': told['state']})}"

    def answer(self, path: str, form: dict[str, str], bearer: str) -> tuple[int, dict[str, Any]]:
        """What it answers the site, with no browser between them."""
        if path == "/.well-known/openid-configuration":
            doors = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
            ends = {f"{name}_endpoint": f"{self.address}/{door}" for name, door in doors.items()}
            return 200, {"issuer": self.address, "jwks_uri": f"{self.address}/keys", **ends}
        if path == "/token":
            # Each code once.
            wanted, claims = self._codes.pop(form.get("code", ""), ("", {}))
            if not wanted or (form["client_id"], form["client_secret"], form["redirect_uri"]) != (CLIENT, SECRET, wanted):
                return 400, {"error": "invalid_grant"}
            now = int(time.time())
            token = {"iss": self.address, "aud": self.audience, "iat": now, "exp": now + 60, **claims}
            self._people[f"for-{form['code']}"] = claims
            signed = jwt.encode(token, _KEY, algorithm="ES256")
            return 200, {"access_token": f"for-{form['code']}", "token_type": "Bearer", "id_token": signed}
        if path == "/userinfo" and bearer in self._people:
            return 200, self._people[bearer]
        return 404, {}


@contextmanager
def provider() -> Iterator[Provider]:
    """The provider on a port of its own."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            form = {name: values[0] for name, values in parse_qs(self._body()).items()}
            status, told = stands.answer(self.path, form, self.headers.get("Authorization", "").removeprefix("Bearer "))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        do_POST = do_GET

        def _body(self) -> str:
            return self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()

        def log_message(self, *words: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Door) as server:
        stands = Provider(f"http://127.0.0.1:{server.server_port}")
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield stands
        server.shutdown()
