WITH COUNT {
  MATCH (n3:`Deal`)
  WHERE n3.`_size` > $p0
  WITH n3 LIMIT 500
  RETURN n3
} < 500 AS f1
RETURN [
  [
    COLLECT {
      UNWIND CASE WHEN f1 THEN COLLECT {
        MATCH (n1:`Deal`&`Thing`&Resource)
        WHERE n1.`_size` > $p0
          AND (
            (n1.`_code.fold.part` STARTS WITH $p1 OR n1.`_code.fold.part` = '￿') AND n1.`_code.fold` STARTS WITH $p1
            OR n1.`code` IS NULL
          )
          AND NOT EXISTS {
            MATCH (n1)-[:`AMOUNT`]->(n2)
            WHERE any(v1 IN n2.`_value.keys` WHERE v1 >= $p2)
          }
          AND (n1.`_begins` < $p4 + '!' AND n1.`_begins.upper` >= $p3)
          AND (n1.`_labels.part` CONTAINS $p5 OR n1.`_labels.part` = '￿') AND n1.`_labels` CONTAINS $p5
          AND (n1:`Deal`)
        WITH n1
        ORDER BY n1._id LIMIT $p6
        RETURN n1
      } ELSE COLLECT {
        MATCH (n1:`Deal`&`Thing`&Resource)
        WHERE n1.`_size` > $p0
          AND (
            (n1.`_code.fold.part` STARTS WITH $p1 OR n1.`_code.fold.part` = '￿') AND n1.`_code.fold` STARTS WITH $p1
            OR n1.`code` IS NULL
          )
          AND NOT EXISTS {
            MATCH (n1)-[:`AMOUNT`]->(n2)
            WHERE any(v1 IN n2.`_value.keys` WHERE v1 >= $p2)
          }
          AND (n1.`_begins` < $p4 + '!' AND n1.`_begins.upper` >= $p3)
          AND (n1.`_labels.part` CONTAINS $p5 OR n1.`_labels.part` = '￿') AND n1.`_labels` CONTAINS $p5
          AND (n1:`Deal`)
          AND n1._id IS NOT NULL
        WITH n1
        ORDER BY n1._id LIMIT $p6
        RETURN n1
      } END AS n1
      RETURN [n1.id]
    }
  ]
] AS data
