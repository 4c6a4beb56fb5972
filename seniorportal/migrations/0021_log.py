import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('seniorportal', '0020_taking_part'),
    ]

    operations = [
        migrations.AddField(
            model_name='consultation',
            name='quarter',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seniorportal.quarter', verbose_name='Quartier'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(fields=['office', 'date'], name='consultation_of_office'),
        ),
    ]
