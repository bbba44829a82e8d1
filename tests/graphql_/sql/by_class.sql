SELECT concat(
  '{"bodies":{"nodes":', (
    SELECT json_group_array(
      CASE
        WHEN n1.class IN (5 /* Firm */, 7 /* Lab */) THEN json_object('staff', iif(n1."_staff" IS NULL, NULL, CAST(n1."staff" AS INTEGER)))
        ELSE json_object('type', CASE n1.class WHEN 6 THEN 'School' ELSE 'Body' END)
      END
    )
    FROM (
      SELECT m1.n AS n
      FROM member AS m1
      WHERE m1.class = 4 /* Body */
      ORDER BY m1.id
      LIMIT $1
    ) AS p1 CROSS JOIN node AS n1 ON n1.n = p1.n
  ),
  '}}'
) AS data,
(SELECT value FROM meta WHERE key = 'version') AS version
