from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('begegnung', '0002_returns'),
    ]

    operations = []
