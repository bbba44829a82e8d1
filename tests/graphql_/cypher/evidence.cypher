RETURN [
  COLLECT {
    MATCH (n1:Resource {_id: $p0id})
    RETURN [
      COLLECT {
        MATCH (n2)-[r1:ABOUT]->(n1)
        WHERE any(k IN ['amount'] WHERE k IN r1.properties)
        WITH n2 ORDER BY n2._id
        RETURN [n2.id]
      },
      COLLECT {
        CALL (n1) {
          MATCH (n1)<-[:ABOUT]-()-[:FROM]->(n3)
          RETURN n3
          UNION
          MATCH (:Meta_)-[:PLAIN_]->(n3)
          RETURN n3
        }
        WITH n3 ORDER BY n3._id
        RETURN [n3.id]
      },
      [
        COLLECT {
          MATCH (n1)-[:FACTS_]->(x1)
          WITH x1 ORDER BY x1.chunk
          RETURN [x1.property, x1.value, x1.datatype, x1.language, x1.current, x1.support_fact, x1.support_graph]
        },
        COLLECT {
          MATCH (n4)-[:ABOUT]->(n1)
          WITH DISTINCT n4
          RETURN [n4.id, [n4.id]]
        }
      ]
    ]
  }
] AS data
