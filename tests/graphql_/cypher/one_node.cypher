RETURN [
  COLLECT {
    MATCH (n1:Resource {_id: $p0id})
    RETURN [
      n1.id,
      n1.`label_ko`,
      n1.`size`,
      n1.`count`,
      n1.`marks`,
      [n1.`title`, n1.`title.language`],
      COLLECT {
        MATCH (n1)-[:`PAYER`]->(n2)
        WITH n2 ORDER BY n2._id LIMIT 1
        RETURN [n2.id]
      }
    ]
  }
] AS data
