"""`xiangxu world`: the invented county as a summary, as workbooks and as JSON; with `--plan` the plan that it adopts."""

from xiangxu.cli.world.command import world

__all__ = ["world"]
