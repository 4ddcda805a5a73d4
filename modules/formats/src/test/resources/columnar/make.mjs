// Writes the files of this folder with DuckDB 1.5 (@duckdb/node-api) and Polars (nodejs-polars 0.26): node make.mjs
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import polars from 'nodejs-polars';

const duck = await (await DuckDBInstance.create(':memory:')).connect();
const write = (query, file, options = '') => duck.run(`COPY (${query}) TO '${file}' (FORMAT parquet${options})`);

// Row i: the id 100 + i, the vector (i / 2, i + 1/4, -i), the name of class i % 3, and i % 3 itself.
const rows = n => `SELECT 100 + i AS id, [i * 0.5, i + 0.25, -i]::FLOAT[] AS v, 'c' || (i % 3) AS name, (i % 3)::INTEGER AS y
    FROM range(${n}) t(i) ORDER BY i`;
for (const codec of ['snappy', 'zstd', 'gzip', 'lz4_raw', 'uncompressed', 'brotli']) {
    await write(rows(12), `duckdb-${codec}.parquet`, `, CODEC '${codec}'`);
}
await write(rows(6000), 'duckdb-groups.parquet', ', ROW_GROUP_SIZE 2048, CODEC zstd');
await write(rows(12), 'duckdb-version-2.parquet', ', PARQUET_VERSION V2, DICTIONARY_SIZE_LIMIT 1');
await write(`SELECT [i, 2 * i]::DOUBLE[2] AS v FROM range(3) t(i) ORDER BY i`, 'duckdb-array.parquet');
await write(`SELECT (i / 4)::DOUBLE AS a, (-i)::TINYINT AS b, (200 + i)::UTINYINT AS c, (60000 + i)::USMALLINT AS d,
    (4000000000 + i)::UINTEGER AS e, (i + 0.25)::DECIMAL(6, 2) AS f, (i - 0.125)::DECIMAL(15, 3) AS g, i % 2 = 0 AS h,
    (-9000000000 - i)::BIGINT AS k, ('c' || i) AS label FROM range(3) t(i) ORDER BY i`, 'duckdb-scalars.parquet');
await write(`SELECT 18446744073709551615::UBIGINT AS u, 5000000000::BIGINT AS wide, DATE '2020-01-01' AS day,
    {'a': 1, 'b': 2} AS pair`, 'duckdb-others.parquet');
await write(`SELECT * FROM (VALUES (1.5::FLOAT, [1, 2]::FLOAT[], 'x'), (NULL, [3, NULL]::FLOAT[], NULL)) t(a, v, label)`,
    'duckdb-nulls.parquet');
await write(`SELECT * FROM (VALUES ([1, 2]::FLOAT[]), ([3]::FLOAT[]), ([]::FLOAT[])) t(v)`, 'duckdb-ragged.parquet');
await write(`SELECT * FROM (VALUES ([1, 2]::FLOAT[]), ([3, 'inf'::FLOAT]::FLOAT[])) t(v)`, 'duckdb-infinite.parquet');
await write(`SELECT * FROM (VALUES (['sea', 'sky']), ([]::VARCHAR[]), (['sky'])) t(tags)`, 'duckdb-tags.parquet');
await write(`SELECT 1::FLOAT AS a, 2 AS y WHERE false`, 'duckdb-empty.parquet');

const n = 12;
const range = [...Array(n).keys()];
const frame = polars.DataFrame([
    polars.Series('id', range.map(i => 100 + i), polars.Int64),
    polars.Series('v', range.map(i => [i * 0.5, i + 0.25, 0 - i]), polars.List(polars.Float32)),
    polars.Series('name', range.map(i => 'c' + (i % 3)), polars.Utf8),
    polars.Series('y', range.map(i => i % 3), polars.Int32),
]);
frame.writeParquet('polars.parquet');
