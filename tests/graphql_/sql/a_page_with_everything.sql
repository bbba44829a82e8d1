SELECT concat(
  '{"things":', (
    WITH
    f1 AS MATERIALIZED (
      SELECT m1.n AS n, m1.id AS id, n3."_label_en" AS k0
      FROM member AS m1
      JOIN node AS n2 ON n2.n = m1.n
      LEFT JOIN node AS n3 ON n3.n = (
        SELECT e1.o FROM edge AS e1 JOIN node AS n4 ON n4.n = e1.o
        WHERE e1.prop = 18 /* payer */ AND e1.s = m1.n
        ORDER BY n4.id LIMIT 1
      )
      WHERE m1.class = 8 /* Deal */
        AND n2."state" = $1
    ),
    p1 AS MATERIALIZED (SELECT row_number() OVER () AS pos, * FROM (
      SELECT n, id, k0
      FROM f1
      WHERE ($4 IS NULL OR (
          (k0 > $3 OR k0 IS NULL AND $3 IS NOT NULL)
          OR k0 IS $3 AND id > coalesce($4, '')
        ))
      ORDER BY k0 NULLS LAST, id
      LIMIT $2 + 1
    ))
    SELECT concat(
      '{"totalCount":', json_quote((SELECT count(*) FROM f1)),
      ',"edges":', (
        SELECT json_group_array(
          json_object(
            'cursor', sealed('tag.' || iif(p1.k0 IS NULL, 'n.', 'k' || lower(hex(p1.k0)) || '.') || lower(hex(p1.id))),
            'node', json_object('id', n1.id)
          )
        )
        FROM p1 CROSS JOIN node AS n1 ON n1.n = p1.n WHERE p1.pos <= $2
      ),
      ',"pageInfo":', json_object(
        'hasNextPage', json(iif(EXISTS (SELECT 1 FROM p1 WHERE pos > $2), 'true', 'false')),
        'hasPreviousPage', json(iif(
          EXISTS (
            SELECT 1 FROM f1
            WHERE (($4 IS NULL OR (
              (k0 > $3 OR k0 IS NULL AND $3 IS NOT NULL)
              OR k0 IS $3 AND id > coalesce($4, '')
            ))) IS NOT TRUE
          ), 'true', 'false'
        )),
        'endCursor', (
          SELECT sealed('tag.' || iif(k0 IS NULL, 'n.', 'k' || lower(hex(k0)) || '.') || lower(hex(id)))
          FROM p1 WHERE pos <= $2
          ORDER BY pos DESC LIMIT 1
        )
      ),
      '}'
    )
  ),
  '}'
) AS data,
(SELECT value FROM meta WHERE key = 'version') AS version
