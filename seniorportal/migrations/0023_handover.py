import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("seniorportal", "0022_partners"),
    ]

    operations = [
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('active_from', models.DateField(verbose_name='nicht da ab')),
                ('active_until', models.DateField(blank=True, help_text='Letzter Tag. Leer: noch nicht bekannt.', null=True, verbose_name='nicht da bis')),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='stands_in', to='seniorportal.membership', verbose_name='Vertretung im Büro')),
                ('deputy_office', models.ForeignKey(blank=True, limit_choices_to={'report_area': 'seniorenbuero'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stands_in', to='seniorportal.venue', verbose_name='Vertretung durch ein anderes Büro')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to='seniorportal.membership', verbose_name='Wer ist nicht da?')),
                ('office', models.ForeignKey(editable=False, limit_choices_to={'report_area': 'seniorenbuero'}, on_delete=django.db.models.deletion.PROTECT, related_name='absences', to='seniorportal.venue', verbose_name='Seniorenbüro')),
            ],
            options={
                'verbose_name': 'Abwesenheit',
                'verbose_name_plural': 'Abwesenheiten',
                'ordering': ['active_from', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='Fassung')),
                ('example', models.BooleanField(default=False, editable=False, help_text='Zeile der Beispieldaten, öffentlich so gekennzeichnet.', verbose_name='Beispiel')),
                ('number', models.PositiveIntegerField(verbose_name='Anliegen')),
                ('day', models.DateField(default=django.utils.timezone.localdate, verbose_name='Tag')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='eingetragen von')),
                ('giver', models.ForeignKey(help_text='Leer: was noch niemand übernommen hatte.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='von')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seniorportal.venue', verbose_name='Seniorenbüro')),
                ('taker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='an')),
                ('taking_office', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='seniorportal.venue', verbose_name='an das Seniorenbüro')),
            ],
            options={
                'verbose_name': 'Übergabe',
                'verbose_name_plural': 'Übergaben',
                'ordering': ['-day', '-pk'],
            },
        ),
        migrations.AddField(
            model_name='concern',
            name='keeper',
            field=models.ForeignKey(blank=True, editable=False, help_text='Wer es zuletzt übernommen hat oder bekam; bis jemand anderes es nimmt.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='kümmert sich'),
        ),
        migrations.AlterField(
            model_name='callattempt',
            name='outcome',
            field=models.CharField(choices=[('erreicht', 'erreicht, bleibt offen'), ('niemand', 'niemand da'), ('uebergeben', 'übergeben')], max_length=10, verbose_name='Ergebnis'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('active_until__isnull', True), ('active_from__isnull', True), ('active_until__gte', models.F('active_from')), _connector='OR'), name='seniorportal_absence_period', violation_error_message='Der letzte Tag liegt vor dem ersten.'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('deputy__isnull', False), ('deputy_office__isnull', True)), models.Q(('deputy__isnull', True), ('deputy_office__isnull', False)), _connector='OR'), name='absence_one_stands_in', violation_error_message='Bitte wählen Sie aus, wer vertritt: eine Person oder ein anderes Büro.'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('deputy__isnull', True), models.Q(('deputy', models.F('member')), _negated=True), _connector='OR'), name='absence_of_another', violation_error_message='Wer nicht da ist, kann sich nicht selbst vertreten.'),
        ),
        migrations.AddConstraint(
            model_name='absence',
            constraint=models.CheckConstraint(condition=models.Q(('deputy_office__isnull', True), models.Q(('deputy_office', models.F('office')), _negated=True), _connector='OR'), name='absence_in_another_office', violation_error_message='Bitte wählen Sie ein anderes Büro.'),
        ),
        migrations.AddConstraint(
            model_name='handover',
            constraint=models.CheckConstraint(condition=models.Q(('taker__isnull', True), ('taking_office__isnull', True), _connector='OR'), name='hand_over_to_one', violation_error_message='Übergeben wird an eine Person oder an ein Büro.'),
        ),
    ]
