from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('seniorportal', '0017_shared_offerings'),
    ]

    operations = []
