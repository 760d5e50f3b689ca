"""Pictures of what a request finds: over time, on the map, who with whom, which topics when.

Each module works out where things stand; ``templates/_pictures.html`` draws them as SVG with a
table behind. A picture follows the direction of the page: time and columns run as the text does.
"""
