SELECT concat(
  '{"deals":{"nodes":', (
    SELECT json_group_array(json_object('id', n1.id))
    FROM (
      SELECT m1.n AS n
      FROM member AS m1
      JOIN node AS n2 ON n2.n = m1.n
      WHERE m1.class = 8 /* Deal */
      ORDER BY n2."_size" DESC, m1.id
      LIMIT $1
    ) AS p1 CROSS JOIN node AS n1 ON n1.n = p1.n
  ),
  '}}'
) AS data,
(SELECT value FROM meta WHERE key = 'version') AS version
