RETURN [
  [
    COLLECT {
      MATCH (n1:`Deal`)
      WHERE n1.`_label_en` IS NOT NULL
      WITH n1
      ORDER BY n1.`_label_en`, n1._id LIMIT $p0
      RETURN [n1.id]
    }
  ]
] AS data
