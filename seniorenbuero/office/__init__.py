"""The office about itself: who works there, who is away, who stands in, and what its public page says."""
