RETURN [
  [
    COLLECT {
      MATCH (n2:`Deal`)
      CALL (n2) {
        OPTIONAL MATCH (n2)-[:`PAYER`]->(n3)
        WITH n3 ORDER BY n3._id LIMIT 1
        RETURN n3
      }
      WITH n2.`state` AS k1,
        min(n2.`state`) AS o1,
        min(n2.`state`) AS t1,
        n3 AS k2,
        min(n3._id) AS o2,
        min(n3._id) AS t2,
        collect(n2) AS s1,
        count(*) AS c1
      WHERE c1 > 0
      CALL (s1) {
        UNWIND s1 AS n4
        WITH n4, s1
        WHERE NOT EXISTS { (n4)-[:PART_]->(n5) WHERE n5 IN s1 }
        RETURN [
          sum(n4.`_size.high`),
          sum(n4.`_size.middle`),
          sum(n4.`_size.low`),
          count(n4.`_size`),
          count(n4.`_size.high`)
        ] AS m1
      }
      RETURN [[o1, t1, o2, t2], c1, t1, CASE WHEN k2 IS NULL THEN null ELSE [k2.id] END, m1]
    }
  ]
] AS data
