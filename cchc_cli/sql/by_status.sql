-- How many occurrences of all offices have each status.
-- Plain SQL: DuckDB and SQLite are tested, Spark and Trino are not, but nothing is used that they lack.
SELECT task_status, COUNT(*) AS total
FROM occurrences
WHERE part = 1 AND task_counted
GROUP BY task_status
ORDER BY task_status;
