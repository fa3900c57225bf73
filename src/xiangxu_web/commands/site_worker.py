"""``site worker``: the process that does the jobs."""

from __future__ import annotations

import signal

import click

from xiangxu_web.kernel.jobs.worker import Worker


@click.command()
@click.option("--once", is_flag=True, help="做完到期的作业就结束，供系统的定时功能调用。")
@click.option("--threads", type=click.IntRange(1, 16), default=1, show_default=True, help="同时做几项作业。")
def worker(once: bool, threads: int) -> None:
    """执行后台作业：导入、读文件、封存审计等。可以同时启动几个；收到 SIGTERM 时把手上的作业交还后结束。"""
    process = Worker(threads)
    signal.signal(signal.SIGTERM, process.stop)
    signal.signal(signal.SIGINT, process.stop)
    process.run(once=once)
