RETURN [
  [
    COLLECT {
      MATCH (n1:`Deal`)
      WITH n1
      ORDER BY n1.`_size` IS NULL, n1.`_size` DESC, n1._id LIMIT $p0
      RETURN [n1.id]
    }
  ]
] AS data
