from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("seniorportal", "0022_partners")]
    operations = []
