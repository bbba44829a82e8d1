RETURN [
  [
    COLLECT {
      MATCH (n1:`Body`)
      WHERE n1._id IS NOT NULL
      WITH n1
      ORDER BY n1._id LIMIT $p0
      RETURN CASE
        WHEN n1._class IN ['Firm', 'Lab'] THEN [0, [n1.`staff`]]
        ELSE [1, [n1._class]]
      END
    }
  ]
] AS data
