"""The database itself refuses changes of sealed audit rows. A later migration that alters the table puts the guards again."""

from django.db import migrations

from xiangxu_web.kernel.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("xiangxu_web", "0001_first")]
    operations = [migrations.RunPython(triggers.forwards, triggers.backwards)]
