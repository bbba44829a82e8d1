SELECT concat(
  '{"deals":', (
    WITH
    f1 AS NOT MATERIALIZED (
      SELECT m1.n AS n, m1.id AS id
      FROM member AS m1
      WHERE m1.class = 8 /* Deal */
    )
    SELECT concat(
      '{"groups":', (
        WITH
        g1 AS MATERIALIZED (
          SELECT f1.n AS n,
            n1."state" AS k0,
            n1."state" AS o0,
            n1."state" AS t0,
            n2.n AS k1,
            n2.id AS o1,
            n2.id AS t1,
            n1."_size" AS s0_key,
            n1."_size.high" AS s0_high,
            n1."_size.middle" AS s0_middle,
            n1."_size.low" AS s0_low
          FROM f1
          JOIN node AS n1 ON n1.n = f1.n
          LEFT JOIN node AS n2 ON n2.n = (
            SELECT e1.o FROM edge AS e1 JOIN node AS n3 ON n3.n = e1.o
            WHERE e1.prop = 18 /* payer */ AND e1.s = f1.n
            ORDER BY n3.id LIMIT 1
          )
        ),
        h1 AS MATERIALIZED (
          SELECT *, n IN (
            SELECT p.n FROM part AS q
            CROSS JOIN g1 AS p ON p.n = q.part
            CROSS JOIN g1 AS w ON w.n = q.whole AND w.k0 IS p.k0 AND w.k1 IS p.k1
          ) AS is_part
          FROM g1
        )
        SELECT concat(
          '[', group_concat(
            concat(
              '{"state":', json_quote(grp.t0),
              ',"payer":', coalesce((
                SELECT json_object('id', n4.id)
                FROM node AS n4 WHERE n4.n = grp.k1
              ), 'null'),
              ',"count":', json_quote(grp.count),
              ',"sum":', json_quote(grp.s0),
              '}'
            )
          ),
          ']'
        )
        FROM (
          SELECT k0, min(o0) AS o0, min(t0) AS t0,
            k1, min(o1) AS o1, min(t1) AS t1,
            count(*) AS count,
            decimal_sum(
              sum(s0_high) FILTER (WHERE NOT is_part),
              sum(s0_middle) FILTER (WHERE NOT is_part),
              sum(s0_low) FILTER (WHERE NOT is_part),
              count(s0_key) FILTER (WHERE NOT is_part),
              count(s0_high) FILTER (WHERE NOT is_part)
            ) AS s0
          FROM h1
          GROUP BY k0, k1
          ORDER BY o0 NULLS LAST, t0, o1 NULLS LAST, t1
        ) AS grp
      ),
      '}'
    )
  ),
  '}'
) AS data,
(SELECT value FROM meta WHERE key = 'version') AS version
