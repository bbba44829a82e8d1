SELECT concat(
  '{"deals":{"nodes":', (
    SELECT json_group_array(json_object('id', n1.id))
    FROM (
      SELECT m1.n AS n
      FROM member AS m1
      JOIN node AS n2 ON n2.n = m1.n
      WHERE m1.class = 8 /* Deal */
        AND n2."_size" > $1
        AND (
          substr(n2."_code.fold", 1, length($2)) = $2
          OR n2."code" IS NULL
        )
        AND (m1.n IN (
          SELECT e1.s
          FROM edge AS e1
          WHERE e1.prop = 2 /* amount */
            AND e1.o IN (SELECT v.n FROM value AS v WHERE v.prop = 28 /* value */ AND v.key >= $3)
        )) IS NOT TRUE
        AND (n2."_begins" < $5 || '!' AND n2."_begins.upper" >= $4)
        AND instr(n2."_labels", $6) > 0
        AND m1.n IN (SELECT n FROM member WHERE class = 8 /* Deal */)
      ORDER BY m1.id
      LIMIT $7
    ) AS p1 CROSS JOIN node AS n1 ON n1.n = p1.n
  ),
  '}}'
) AS data,
(SELECT value FROM meta WHERE key = 'version') AS version
