from django.urls import path

from seniorenbuero import views

app_name = "seniorenbuero"
urlpatterns = [
    path("seniorenbueros/", views.offices, name="offices"),
    path("seniorenbueros/<slug:bezirk>/", views.office, name="office"),
]
