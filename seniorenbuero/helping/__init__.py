"""Nachbarschaftshilfe of one office: who helps, who asks for help, and how the two find each other."""
