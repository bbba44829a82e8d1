RETURN [
  [
    COLLECT {
      MATCH (n1:`Deal`)
      WHERE n1.`state` = $p0
      CALL (n1) {
        OPTIONAL MATCH (n1)-[:`PAYER`]->(n2)
        WITH n2 ORDER BY n2._id LIMIT 1
        RETURN n2
      }
      WITH n1, n2
      WHERE ($p3id IS NULL OR (
        (n2.`_label_en` > $p2 OR n2.`_label_en` IS NULL AND $p2 IS NOT NULL)
        OR (n2.`_label_en` = $p2 OR n2.`_label_en` IS NULL AND $p2 IS NULL) AND n1._id > coalesce($p3id, '')
      ))
      WITH n1, n2
      ORDER BY n2.`_label_en`, n1._id LIMIT $p1 + 1
      RETURN [[[n2.`_label_en`, n1.id], [n1.id]], [n2.`_label_en`, n1.id]]
    },
    COUNT {
      MATCH (n3:`Deal`)
      WHERE n3.`state` = $p0
    },
    EXISTS {
      MATCH (n4:`Deal`)
      WHERE n4.`state` = $p0
      CALL (n4) {
        OPTIONAL MATCH (n4)-[:`PAYER`]->(n5)
        WITH n5 ORDER BY n5._id LIMIT 1
        RETURN n5
      }
      WITH n4, n5
      WHERE NOT coalesce(
        ($p3id IS NULL OR (
          (n5.`_label_en` > $p2 OR n5.`_label_en` IS NULL AND $p2 IS NOT NULL)
          OR (n5.`_label_en` = $p2 OR n5.`_label_en` IS NULL AND $p2 IS NULL) AND n4._id > coalesce($p3id, '')
        )),
        false
      )
      RETURN 1
    }
  ]
] AS data
