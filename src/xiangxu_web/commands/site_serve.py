"""``site serve``: the web server and a worker for the jobs, started and stopped together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from types import FrameType

import click

from xiangxu_web.kernel.operation import settings_checks
from xiangxu_web.kernel.operation.findings import SETTINGS, wrong
from xiangxu_web.kernel.operation.health import ready

# Importing it declares its checks.
__all__ = ["serve", "settings_checks"]

# A worker that keeps falling over is started again after a pause that doubles up to this, in seconds.
_LONGEST_PAUSE = 60.0
# How long requests and jobs under way may take to end.
_GRACE = 35.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址；有反向代理时不用改。")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="监听的端口。")
@click.option("--workers", type=click.IntRange(1, 32), default=2, show_default=True, help="网页进程数。")
@click.option("--threads", type=click.IntRange(1, 64), default=4, show_default=True, help="每个网页进程的线程数。")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """启动网站和后台进程，一起启动，一起停止（Ctrl-C 或 SIGTERM）。先运行一次 site prepare。"""
    if not ready():
        raise click.ClickException("数据库还没有准备好，或不是这个版本的结构。请先运行 script/xiangxu site prepare。")
    for each in wrong(SETTINGS):
        click.echo(each.line, err=True)
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = [sys.executable, "-m", "gunicorn", "-c", "python:xiangxu_web.kernel.operation.gunicorn_settings", "--bind", bind]
    web += ["--workers", str(workers), "--threads", str(threads), "xiangxu_web.wsgi"]
    sys.exit(_Pair(web, [sys.executable, "-m", "xiangxu.cli.main", "site", "worker"]).run())


class _Pair:
    """Two processes that live together. When the web server ends, all ends; a worker that falls over is started again."""

    def __init__(self, web: list[str], worker: list[str]) -> None:
        self.commands = (web, worker)
        self.stopping = False

    def run(self) -> int:
        """Waits until a signal or the end of the web server; gives the exit code."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self.stop)
        web, worker = (subprocess.Popen(command, start_new_session=True) for command in self.commands)
        pause, began = 1.0, time.monotonic()
        while not self.stopping and web.poll() is None:
            time.sleep(0.2)
            if worker.poll() is None:
                pause = 1.0 if time.monotonic() - began > _LONGEST_PAUSE else pause
            elif time.monotonic() - began > pause:
                pause, began = min(2 * pause, _LONGEST_PAUSE), time.monotonic()
                worker = subprocess.Popen(self.commands[1], start_new_session=True)
        for process in (web, worker):
            process.terminate()
        until = time.monotonic() + _GRACE
        for process in (web, worker):
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        return 0 if self.stopping else web.returncode or 1

    def stop(self, number: int, frame: FrameType | None) -> None:
        """A signal came."""
        self.stopping = True
