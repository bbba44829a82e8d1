"""From a graph to RDF text, in every format."""
