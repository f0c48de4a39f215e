-- Figures of each field over all offices: the same name, whatever its case and marks, is the same.
-- Plain SQL: DuckDB and SQLite are tested, Spark and Trino are not, but nothing is used that they lack.
WITH counted AS (
  SELECT
    field_key,
    COUNT(DISTINCT office) AS offices,
    COUNT(*) AS total,
    SUM(CASE WHEN task_status IN ('done_on_time', 'done_late', 'done_undated', 'done_no_due_date')
        THEN 1 ELSE 0 END) AS done,
    SUM(CASE WHEN task_status = 'done_on_time' THEN 1 ELSE 0 END) AS done_on_time,
    SUM(CASE WHEN task_status = 'done_late' THEN 1 ELSE 0 END) AS done_late,
    SUM(CASE WHEN task_status = 'overdue' THEN 1 ELSE 0 END) AS overdue,
    SUM(CASE WHEN task_evidenced THEN 1 ELSE 0 END) AS with_evidence
  FROM occurrences
  WHERE part = 1 AND task_counted
  GROUP BY field_key
), named AS (
  SELECT field_key, MIN(field_name) AS name
  FROM tasks
  GROUP BY field_key
)
SELECT
  named.field_key, named.name,
  COALESCE(counted.offices, 0) AS offices,
  COALESCE(counted.total, 0) AS total,
  COALESCE(counted.done, 0) AS done,
  CASE WHEN counted.total > 0 THEN CAST(counted.done AS DOUBLE) / counted.total END AS rate,
  COALESCE(counted.done_on_time, 0) AS done_on_time,
  COALESCE(counted.done_late, 0) AS done_late,
  COALESCE(counted.overdue, 0) AS overdue,
  COALESCE(counted.with_evidence, 0) AS with_evidence
FROM named
LEFT JOIN counted ON counted.field_key = named.field_key
ORDER BY named.field_key;
