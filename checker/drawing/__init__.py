"""Pictures as SVG text, drawn from values: a card of its own colours, readable on any page, in print, projected."""
