RETURN [
  [
    COLLECT {
      MATCH (n1:Meta_)
      RETURN n1.version
    },
    COLLECT {
      MATCH (n2:Meta_)
      RETURN n2.model
    }
  ]
] AS data
