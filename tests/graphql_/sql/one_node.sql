SELECT concat(
  '{"node":', coalesce((
    SELECT concat(
      '{"id":', json_quote(n1.id),
      ',"label":', json_quote(n1."label_ko"),
      ',"size":', json_quote(n1."size"),
      ',"count":', json_quote(iif(n1."_count" IS NULL, NULL, CAST(n1."count" AS INTEGER))),
      ',"marks":', (
        SELECT json_group_array(v.text ORDER BY v.ord) FROM value AS v WHERE v.n = n1.n AND v.prop = 9 /* marks */
      ),
      ',"title":', json_quote((
        SELECT v.text FROM value AS v WHERE v.n = n1.n AND v.prop = 26 /* title */ AND v.lang = 'ko'
        ORDER BY v.ord LIMIT 1
      )),
      ',"payer":', coalesce((
        SELECT json_object('id', n2.id)
        FROM edge AS e1 CROSS JOIN node AS n2 ON n2.n = e1.o
        WHERE e1.prop = 18 /* payer */ AND e1.s = n1.n
        ORDER BY n2.id LIMIT 1
      ), 'null'),
      '}'
    )
    FROM node AS n1 WHERE n1.id = $1
  ), 'null'),
  '}'
) AS data,
(SELECT value FROM meta WHERE key = 'version') AS version
