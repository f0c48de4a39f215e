-- DuckDB: the tables as views, from the folder that “cchc export” wrote. Run it in that folder:
--     duckdb -init sql/duckdb/views.sql
CREATE VIEW offices AS SELECT * FROM read_parquet('offices/*.parquet');
CREATE VIEW skipped AS SELECT * FROM read_parquet('skipped/*.parquet');
CREATE VIEW tasks AS SELECT * FROM read_parquet('tasks/*.parquet');
CREATE VIEW changes AS SELECT * FROM read_parquet('changes/*.parquet');
CREATE VIEW reports AS SELECT * FROM read_parquet('reports/*.parquet');
CREATE VIEW occurrences AS SELECT * FROM read_parquet('occurrences/*/*.parquet', hive_partitioning = true);
CREATE VIEW states AS SELECT * FROM read_parquet('states/*/*.parquet', hive_partitioning = true);
