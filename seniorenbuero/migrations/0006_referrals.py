from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("seniorenbuero", "0005_helpers")]
    operations = []
