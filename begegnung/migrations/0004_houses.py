from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('begegnung', '0003_needs'),
    ]

    operations = []
