RETURN [
  [
    COLLECT {
      MATCH (n1:`Deal`&`Thing`)
      WHERE n1.`_size` > $p0
        AND (
          n1.`_code.fold` STARTS WITH $p1
          OR n1.`code` IS NULL
        )
        AND NOT EXISTS {
          MATCH (n1)-[:`AMOUNT`]->(n2)
          WHERE any(v1 IN n2.`_value.keys` WHERE v1 >= $p2)
        }
        AND (n1.`_begins` < $p4 + '!' AND n1.`_begins.upper` >= $p3)
        AND n1._labels CONTAINS $p5
        AND (n1:`Deal`)
        AND n1._id IS NOT NULL
      WITH n1
      ORDER BY n1._id LIMIT $p6
      RETURN [n1.id]
    }
  ]
] AS data
