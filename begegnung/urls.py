from django.urls import path

from begegnung import views

app_name = "begegnung"
urlpatterns = [
    path("", views.venues, name="venues"),
    path("<slug:slug>/", views.venue, name="venue"),
]
