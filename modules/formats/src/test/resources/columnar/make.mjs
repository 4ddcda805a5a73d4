// Writes the files beside it, by DuckDB 1.5 (@duckdb/node-api), Polars (nodejs-polars 0.26) and Arrow's JavaScript library
// (apache-arrow 21): node make.mjs, with these packages installed.
import { writeFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import * as arrow from 'apache-arrow';
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
    polars.Series('kind', range.map(i => 'c' + (i % 3)), polars.Utf8).cast(polars.Categorical),
    polars.Series('y', range.map(i => i % 3), polars.Int32),
]);
for (const compression of ['lz4', 'zstd', 'uncompressed']) {
    frame.writeIPC(`polars-${compression}.arrow`, { compression });
}
frame.select('id', 'v', 'name', 'y').writeParquet('polars.parquet');

const typed = (type, values) => arrow.vectorFromArray(values, type);
const fixed = new arrow.FixedSizeList(2, new arrow.Field('item', new arrow.Float32()));
const lists = new arrow.List(new arrow.Field('item', new arrow.Float64()));
const table = new arrow.Table({
    fixed: typed(fixed, [[0, 0.5], [1, 1.5], [2, 2.5]]),
    lists: typed(lists, [[0, -1], [1, -2], [2, -3]]),
    label: typed(new arrow.Utf8(), ['b', 'a', 'b']),
    kind: typed(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8()), ['x', 'y', 'x']),
});
const file = (t, name) => writeFileSync(name, arrow.tableToIPC(t, 'file'));
file(table, 'arrow-lists.arrow');
file(table.concat(table), 'arrow-batches.feather');
file(new arrow.Table({
    a: typed(new arrow.Float16(), [0.5, -2]),
    b: typed(new arrow.Int8(), [-128, 127]),
    c: typed(new arrow.Int16(), [-32768, 32767]),
    d: typed(new arrow.Uint8(), [0, 255]),
    e: typed(new arrow.Uint16(), [0, 65535]),
    f: typed(new arrow.Uint32(), [0, 4294967295]),
    g: typed(new arrow.Int64(), [-5n, 9000000000n]),
    h: typed(new arrow.Bool(), [true, false]),
    k: typed(new arrow.Uint64(), [3n, 7n]),
    m: typed(new arrow.Float64(), [0.1, 1e10]),
}), 'arrow-scalars.arrow');
file(new arrow.Table({
    u: typed(new arrow.Uint64(), [18446744073709551615n, 1n]),
    a: typed(new arrow.Float32(), [1, null]),
    day: typed(new arrow.DateDay(), [new Date(0), new Date(0)]),
    label: typed(new arrow.Utf8(), ['b', null]),
}), 'arrow-others.arrow');
