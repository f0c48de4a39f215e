-- Reports that ought to be there, and how many units owe each; without a due day, a report is
-- missing from the end of its window on.
-- Plain SQL: DuckDB and SQLite are tested, Spark and Trino are not, but nothing is used that they lack.
WITH owed AS (
  SELECT
    office, plan, duty, period, MIN(name) AS name, MIN(ends) AS ends, MIN(due) AS due,
    COUNT(*) AS units, MAX(days) AS days
  FROM reports
  WHERE status = 'overdue' OR (due IS NULL AND status NOT IN ('done_on_time', 'done_late',
        'done_undated', 'done_no_due_date', 'suspended', 'cancelled'))
  GROUP BY office, plan, duty, period
)
SELECT
  offices.office, offices.agency, owed.plan, owed.duty, owed.name, owed.period, owed.ends,
  owed.due, owed.days, owed.units
FROM owed
JOIN offices ON offices.office = owed.office
ORDER BY offices.number, owed.plan, owed.duty, owed.period;
