"""``site worker``: the process that does the jobs."""

from __future__ import annotations

import signal

import click

from xiangxu_web.kernel.jobs.worker import Worker


@click.command()
@click.option("--once", is_flag=True, help="做完到期的任务就结束，供定时任务调用。")
@click.option("--threads", type=click.IntRange(1, 16), default=1, show_default=True, help="同时做几项任务。")
def worker(once: bool, threads: int) -> None:
    """执行后台任务：导入、封存审计、备份等。可以同时启动几个；收到 SIGTERM 时把手上的任务交还后结束。"""
    process = Worker(threads)
    signal.signal(signal.SIGTERM, process.stop)
    signal.signal(signal.SIGINT, process.stop)
    process.run(once=once)
