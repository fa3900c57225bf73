"""What the database itself keeps: sealed audit rows and issued bulletins refuse changes, and the index of the search follows its rows.

SQLite makes a table anew when a migration alters it, and loses its triggers: such a migration puts them again.
"""

from django.db import migrations

from xiangxu_web.kernel.audit import triggers as audit
from xiangxu_web.kernel.search import triggers as search
from xiangxu_web.workspaces.plans import guards as bulletins


class Migration(migrations.Migration):
    dependencies = [("xiangxu_web", "0001_first")]
    operations = [
        migrations.RunPython(audit.GUARDS.forwards, audit.GUARDS.backwards),
        migrations.RunPython(search.forwards, search.backwards),
        migrations.RunPython(bulletins.GUARDS.forwards, bulletins.GUARDS.backwards),
    ]
