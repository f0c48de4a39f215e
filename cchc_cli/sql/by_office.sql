-- Figures of each office, in the order of reading, as "cchc rollup" has them.
-- Plain SQL: DuckDB and SQLite are tested, Spark and Trino are not, but nothing is used that they lack.
WITH counted AS (
  SELECT
    office,
    COUNT(*) AS total,
    SUM(CASE WHEN task_status IN ('done_on_time', 'done_late', 'done_undated', 'done_no_due_date')
        THEN 1 ELSE 0 END) AS done,
    SUM(CASE WHEN task_status = 'done_on_time' THEN 1 ELSE 0 END) AS done_on_time,
    SUM(CASE WHEN task_status = 'done_late' THEN 1 ELSE 0 END) AS done_late,
    SUM(CASE WHEN task_status = 'overdue' THEN 1 ELSE 0 END) AS overdue,
    SUM(CASE WHEN task_evidenced THEN 1 ELSE 0 END) AS with_evidence,
    MAX(CASE WHEN task_status = 'overdue' THEN task_days END) AS longest
  FROM occurrences
  WHERE part = 1 AND task_counted
  GROUP BY office
), owed AS (
  SELECT
    office,
    COUNT(*) AS reports,
    SUM(CASE WHEN status = 'overdue' OR (due IS NULL AND status NOT IN ('done_on_time',
        'done_late', 'done_undated', 'done_no_due_date', 'suspended', 'cancelled'))
        THEN 1 ELSE 0 END) AS reports_missing
  FROM reports
  GROUP BY office
)
SELECT
  offices.number, offices.office, offices.agency, offices.revision, offices.errors,
  COALESCE(counted.total, 0) AS total,
  COALESCE(counted.done, 0) AS done,
  CASE WHEN counted.total > 0 THEN CAST(counted.done AS DOUBLE) / counted.total END AS rate,
  COALESCE(counted.done_on_time, 0) AS done_on_time,
  COALESCE(counted.done_late, 0) AS done_late,
  COALESCE(counted.overdue, 0) AS overdue,
  COALESCE(counted.with_evidence, 0) AS with_evidence,
  counted.longest AS longest,
  COALESCE(owed.reports, 0) AS reports,
  COALESCE(owed.reports_missing, 0) AS reports_missing
FROM offices
LEFT JOIN counted ON counted.office = offices.office
LEFT JOIN owed ON owed.office = offices.office
ORDER BY offices.number;
