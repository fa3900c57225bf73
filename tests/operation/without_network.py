"""Run in a network namespace of its own: installs the unpacked bundle, serves, opens pages; prints what it saw as JSON.

python without_network.py UNPACKED EMPTY_FOLDER PYTHON_3.11
"""

from __future__ import annotations

import fcntl
import json
import re
import socket
import struct
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode, urljoin

PORT = 8765
ADDRESS = f"http://127.0.0.1:{PORT}/"
PASSWORD = "yanxi-Kaolin-77"
BEGIN = [
    *("--code", "988123", "--province", "试省", "--prefecture", "试市", "--county", "试验县", "--bureau", "试验县教育局"),
    *("--system", "sys.a", "甲某", "--security", "sec.b", "乙某", "--audit", "aud.c", "丙某"),
]
_READ_FLAGS, _WRITE_FLAGS, _UP = 0x8913, 0x8914, 1


def loopback_up() -> None:
    """A new namespace has its loopback switched off; switched on without needing the program `ip`."""
    with socket.socket() as any_socket:
        answer = fcntl.ioctl(any_socket, _READ_FLAGS, struct.pack("16sh14x", b"lo", 0))
        flags = struct.unpack("16sh14x", answer)[1]
        fcntl.ioctl(any_socket, _WRITE_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))


def reaches_outside() -> bool:
    """Whether any other machine could be reached: an address of documentation's own, so nobody is bothered."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        try:
            any_socket.connect(("192.0.2.1", 9))
        except OSError:
            return False
        return True


def opened(path: str) -> tuple[int, str]:
    """Status and text of a page."""
    with urllib.request.urlopen(urljoin(ADDRESS, path), timeout=30) as answer:
        return answer.status, answer.read().decode("utf-8", errors="replace")


def entered(code: str) -> tuple[str, str]:
    """Where the system administrator lands who comes in with the code that `site begin` printed, and what the page says."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    where = urljoin(ADDRESS, "enter/")
    page = browser.open(where, timeout=30).read().decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]
    told = {"csrfmiddlewaretoken": token, "code": code, "name": "甲某", "password1": PASSWORD, "password2": PASSWORD}
    request = urllib.request.Request(where, urlencode(told).encode(), headers={"Referer": where})
    with browser.open(request, timeout=60) as answer:
        return answer.geturl().removeprefix(ADDRESS), answer.read().decode()


def main(unpacked: Path, empty: Path, python: str) -> dict[str, object]:
    """Installs, serves, looks."""
    loopback_up()
    (empty / "home").mkdir()
    # Nothing of the machine is let in: no cache, no configuration of pip, no virtual environment, no locale.
    clean = {"PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "HOME": str(empty / "home"), "LANG": "C", "TMPDIR": str(empty)}
    clean |= {
        name: str(empty / "home" / name) for name in ("PIP_CACHE_DIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    }
    clean |= {"PIP_CONFIG_FILE": "/dev/null"}
    to, data = empty / "program", empty / "data"
    places = ["--to", str(to), "--home", str(data), "--port", str(PORT), "--python", python]
    began = time.monotonic()
    install = subprocess.run(
        ["bash", str(unpacked / "install.sh"), *places], env=clean, cwd=empty, capture_output=True, text=True, encoding="utf-8"
    )
    seen: dict[str, object] = {
        "reaches_outside": reaches_outside(),
        "install_code": install.returncode,
        "install_words": install.stdout + install.stderr,
        "install_seconds": round(time.monotonic() - began, 1),
    }
    if install.returncode:
        return seen
    begin = subprocess.run(
        [str(to / "xiangxu"), "site", "begin", *BEGIN], env=clean, cwd=empty, capture_output=True, text=True, encoding="utf-8"
    )
    seen["begin_words"] = begin.stdout + begin.stderr
    serve = [str(to / "xiangxu"), "site", "serve", "--port", str(PORT)]
    with (empty / "serve.log").open("wb") as log:
        server = subprocess.Popen(serve, env=clean, cwd=empty, stdout=log, stderr=log)
    try:
        for _ in range(300):
            try:
                seen["health"] = opened("health/")
                break
            except URLError:
                if server.poll() is not None:
                    break
                time.sleep(0.1)
        if "health" in seen:
            status, page = opened("account/login/")
            seen["sign_in"] = (status, page)
            assets = sorted(set(re.findall(r'(?:href|src)="(/static/[^"#]+)', page)))
            seen["assets"] = {asset: opened(asset)[0] for asset in assets}
            seen["begun"] = entered(re.findall(r"[A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4}", begin.stdout)[0])
    finally:
        server.terminate()
        server.wait(30)
    seen["serve_log"] = (empty / "serve.log").read_text(encoding="utf-8", errors="replace")[-3000:]
    return seen


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]), ensure_ascii=False))
