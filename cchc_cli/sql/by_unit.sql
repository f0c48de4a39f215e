-- Each unit's own share as lead, the most overdue first; what several units lead together counts
-- for each of them.
-- Plain SQL: DuckDB and SQLite are tested, Spark and Trino are not, but nothing is used that they lack.
WITH counted AS (
  SELECT
    office, unit, unit_name,
    COUNT(*) AS total,
    SUM(CASE WHEN status IN ('done_on_time', 'done_late', 'done_undated', 'done_no_due_date')
        THEN 1 ELSE 0 END) AS done,
    SUM(CASE WHEN status = 'done_on_time' THEN 1 ELSE 0 END) AS done_on_time,
    SUM(CASE WHEN status = 'done_late' THEN 1 ELSE 0 END) AS done_late,
    SUM(CASE WHEN status = 'overdue' THEN 1 ELSE 0 END) AS overdue,
    SUM(CASE WHEN evidenced THEN 1 ELSE 0 END) AS with_evidence,
    MAX(CASE WHEN status = 'overdue' THEN days END) AS longest
  FROM occurrences
  WHERE role = 'lead' AND counted
  GROUP BY office, unit, unit_name
)
SELECT
  counted.office, counted.unit, counted.unit_name, counted.total, counted.done,
  CAST(counted.done AS DOUBLE) / counted.total AS rate,
  counted.done_on_time, counted.done_late, counted.overdue, counted.with_evidence, counted.longest
FROM counted
JOIN offices ON offices.office = counted.office
ORDER BY counted.overdue DESC, COALESCE(counted.longest, 0) DESC, offices.number, counted.unit;
