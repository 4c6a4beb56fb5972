"""Paper: what a reader holds in the hand. A sheet is gathered once, then leaves as a page to print or tagged PDF."""
