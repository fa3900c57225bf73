"""Areas, units and schools as workbooks: template, export, import with a dry run. The shape is that of ``xiangxu.world.sheets``."""
