from django.urls import path

from seniorenbuero import views

app_name = "seniorenbuero"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("<slug:bezirk>/", views.office, name="office"),
]
