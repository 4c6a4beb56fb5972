from django.urls import path

from seniorenbuero import finding, views

app_name = "seniorenbuero"
urlpatterns = [
    path("", views.offices, name="offices"),
    path("finden/", finding.find, name="find"),
    path("<slug:bezirk>/", views.office, name="office"),
]
