"""One person's keep-alive connection to a running workbench."""

import gzip
import http.client
import json
import re
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Answer:
    """What came back: `size` in bytes as transferred, `seconds` from sending to last byte."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes
    size: int
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()

    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Signs in through the form, keeps cookies, sends the token that unsafe methods need.

    A request is sent once: one that finds no answer raises, and nothing is tried again unseen.
    """

    def __init__(self, port: int, timeout: float = 120) -> None:
        self.cookies: dict[str, str] = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)

    def sign_in(self, username: str, password: str) -> "Client":
        self.get("/account/login/")
        answer = self.post("/account/login/", {"login": username, "password": password})
        if answer.status != http.client.FOUND:
            raise RuntimeError(f"{username} cannot sign in: {answer.status}")
        return self

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, fields: dict[str, Any]) -> Answer:
        """A form, as a page sends it."""
        return self.send("POST", path, urlencode(fields, doseq=True).encode(), form=True)

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        form: bool = False,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """`body` is JSON unless it is bytes. Connection errors reach the caller."""
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        sent = {
            "Accept-Encoding": "gzip",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded" if form else "application/json",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            **(headers or {}),
        }
        begun = time.perf_counter()
        self.connection.request(method, path, content, sent)
        response = self.connection.getresponse()
        data = response.read()
        seconds = time.perf_counter() - begun
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.split(";", 1)[0]
        packed = response.headers.get("Content-Encoding") == "gzip"
        return Answer(
            response.status,
            response.headers,
            gzip.decompress(data) if packed else data,
            len(data),
            seconds,
        )

    def close(self) -> None:
        self.connection.close()
