SELECT concat(
  '{"node":', coalesce((
    SELECT concat(
      '{"claims":', (
        SELECT json_group_array(json_object('id', n2.id))
        FROM (
          SELECT c.n, c.id
          FROM fact AS f CROSS JOIN support AS u ON u.f = f.f CROSS JOIN graph AS g ON g.g = u.g CROSS JOIN node AS c ON c.n = g.n
          WHERE f.s = n1.n AND f.p IN (2 /* amount */)
          GROUP BY c.n, c.id
          ORDER BY c.id
        ) AS list CROSS JOIN node AS n2 ON n2.n = list.n
      ),
      ',"sources":', (
        SELECT json_group_array(json_object('id', n3.id))
        FROM (
          SELECT c.n, c.id FROM node AS c WHERE c.n IN (
            SELECT o.source FROM fact AS f CROSS JOIN support AS u ON u.f = f.f CROSS JOIN origin AS o ON o.g = u.g
            WHERE f.s = n1.n UNION SELECT source FROM plain
          ) ORDER BY c.id
        ) AS list CROSS JOIN node AS n3 ON n3.n = list.n
      ),
      ',"facts":', (
        SELECT concat(
          '[', group_concat(
            concat(
              '{"property":', json_quote(said.property),
              ',"claims":', (
                SELECT json_group_array(json_object('id', n4.id))
                FROM (
                  SELECT c.n
                  FROM support AS u CROSS JOIN graph AS g ON g.g = u.g CROSS JOIN node AS c ON c.n = g.n
                  WHERE u.f = said.f
                  ORDER BY c.id
                ) AS list CROSS JOIN node AS n4 ON n4.n = list.n
              ),
              '}'
            )
          ),
          ']'
        )
        FROM (
          SELECT f.f, f.o, p.iri AS property, coalesce(o.id, f.text) AS value, f.datatype, f.lang, f.current
          FROM fact AS f JOIN property AS p ON p.p = f.p LEFT JOIN node AS o ON o.n = f.o
          WHERE f.s = n1.n
          ORDER BY p.iri, value, f.datatype, f.lang
        ) AS said
      ),
      '}'
    )
    FROM node AS n1 WHERE n1.id = $1
  ), 'null'),
  '}'
) AS data,
(SELECT value FROM meta WHERE key = 'version') AS version
