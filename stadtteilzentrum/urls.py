from django.urls import path

from stadtteilzentrum import views

app_name = "stadtteilzentrum"
urlpatterns = [
    path("eugen-krautscheid-haus/", views.centre, name="centre"),
]
