from django.urls import path

from stadtteilzentrum import views

app_name = "stadtteilzentrum"
urlpatterns = [
    path("", views.centre, name="centre"),
]
