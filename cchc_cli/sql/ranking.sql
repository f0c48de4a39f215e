-- Offices by the rate of what is done, then by what is overdue; equals share a rank, and an office
-- without anything to count has none.
-- Plain SQL: DuckDB and SQLite are tested, Spark and Trino are not, but nothing is used that they lack.
WITH counted AS (
  SELECT
    office,
    COUNT(*) AS total,
    SUM(CASE WHEN task_status IN ('done_on_time', 'done_late', 'done_undated', 'done_no_due_date')
        THEN 1 ELSE 0 END) AS done,
    SUM(CASE WHEN task_status = 'overdue' THEN 1 ELSE 0 END) AS overdue
  FROM occurrences
  WHERE part = 1 AND task_counted
  GROUP BY office
), rated AS (
  SELECT office, total, done, overdue, CAST(done AS DOUBLE) / total AS rate
  FROM counted
), ranked AS (
  SELECT office, total, done, overdue, rate, RANK() OVER (ORDER BY rate DESC, overdue) AS place
  FROM rated
)
SELECT
  ranked.place, offices.office, offices.agency, ranked.rate,
  COALESCE(ranked.total, 0) AS total,
  COALESCE(ranked.done, 0) AS done,
  COALESCE(ranked.overdue, 0) AS overdue
FROM offices
LEFT JOIN ranked ON ranked.office = offices.office
ORDER BY CASE WHEN ranked.place IS NULL THEN 1 ELSE 0 END, ranked.place, offices.number;
