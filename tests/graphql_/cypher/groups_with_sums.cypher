WITH COUNT { ()-[:PART_]->() } > 0 AS f1, EXISTS { (m:Meta_) WHERE none(p IN ['http://example.org/size'] WHERE p IN m.large) } AS f2
RETURN [
  [
    CASE WHEN NOT f1 THEN CASE WHEN f2 THEN COLLECT {
      MATCH (n2:`Deal`)
      CALL (n2) {
        OPTIONAL MATCH (n2)-[:`PAYER`]->(n3)
        WITH n3 ORDER BY n3._id LIMIT 1
        RETURN n3
      }
      WITH n2.`state` AS k1,
        n3 AS n4,
        min(n3._id) AS o1,
        count(*) AS c1,
        [[sum(n2.`_size.middle`), count(n2.`_size`)]] AS m1
      RETURN [c1, k1, CASE WHEN n4 IS NOT NULL THEN [o1, [n4.id]] END, [m1]]
    } ELSE COLLECT {
      MATCH (n2:`Deal`)
      CALL (n2) {
        OPTIONAL MATCH (n2)-[:`PAYER`]->(n3)
        WITH n3 ORDER BY n3._id LIMIT 1
        RETURN n3
      }
      WITH n2.`state` AS k1,
        n3 AS n4,
        min(n3._id) AS o1,
        count(*) AS c1,
        [
          [
            sum(n2.`_size.high`),
            sum(n2.`_size.middle`),
            sum(n2.`_size.low`),
            count(n2.`_size`),
            count(n2.`_size.high`)
          ]
        ] AS m1
      RETURN [c1, k1, CASE WHEN n4 IS NOT NULL THEN [o1, [n4.id]] END, [m1]]
    } END ELSE COLLECT {
      MATCH (n2:`Deal`)
      CALL (n2) {
        OPTIONAL MATCH (n2)-[:`PAYER`]->(n3)
        WITH n3 ORDER BY n3._id LIMIT 1
        RETURN n3
      }
      WITH n2.`state` AS k1,
        n3 AS n4,
        min(n3._id) AS o1,
        count(*) AS c1,
        [
          [
            sum(n2.`_size.high`),
            sum(n2.`_size.middle`),
            sum(n2.`_size.low`),
            count(n2.`_size`),
            count(n2.`_size.high`)
          ]
        ] AS m1,
        collect(CASE WHEN EXISTS { (n2)-[:PART_]-() } THEN n2 END) AS s1
      RETURN [
        c1,
        k1,
        CASE WHEN n4 IS NOT NULL THEN [o1, [n4.id]] END,
        [m1, COLLECT {
          UNWIND s1 AS n5
          WITH n5
          WHERE EXISTS { (n5)-[:PART_]->(n6) WHERE n6 IN s1 }
          RETURN [
            [
              sum(n5.`_size.high`),
              sum(n5.`_size.middle`),
              sum(n5.`_size.low`),
              count(n5.`_size`),
              count(n5.`_size.high`)
            ]
          ]
        }[0]]
      ]
    } END
  ]
] AS data
