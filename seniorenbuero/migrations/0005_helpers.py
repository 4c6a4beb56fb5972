from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("seniorenbuero", "0004_round_tables")]
    operations = []
