"""The pages of those who run the Begegnungsstätten: coordinators, «Begegnung VorOrt», halls, a house."""
