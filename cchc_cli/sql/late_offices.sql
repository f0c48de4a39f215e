-- Offices with something overdue, the most first, then the longest.
-- Plain SQL: DuckDB and SQLite are tested, Spark and Trino are not, but nothing is used that they lack.
WITH late AS (
  SELECT office, COUNT(*) AS overdue, MAX(task_days) AS longest
  FROM occurrences
  WHERE part = 1 AND task_counted AND task_status = 'overdue'
  GROUP BY office
)
SELECT offices.office, offices.agency, late.overdue, late.longest
FROM late
JOIN offices ON offices.office = late.office
ORDER BY late.overdue DESC, late.longest DESC, offices.number;
