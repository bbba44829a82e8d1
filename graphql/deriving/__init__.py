"""From the Model to the API: types, fields, filters and their texts."""
