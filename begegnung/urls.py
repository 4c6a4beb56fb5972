from django.urls import path

from begegnung import views

app_name = "begegnung"
urlpatterns = [
    path("begegnung/", views.venues, name="venues"),
    path("begegnung/<slug:slug>/", views.venue, name="venue"),
]
