from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("seniorenbuero", "0002_log")]
    operations = []
