// duck.mjs - DuckDB from Node (npm i @duckdb/node-api in the directory NODE_DUCKDB), one thread: a
// statement a line on stdin, a line on stdout with the seconds of processor time that it took, and its rows.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
const { DuckDBInstance } = createRequire(process.env.NODE_DUCKDB + '/')('@duckdb/node-api');
const base = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
for await (const line of createInterface({ input: process.stdin })) {
  const before = process.cpuUsage();
  try {
    const rows = (await base.runAndReadAll(line)).getRows();
    const took = process.cpuUsage(before);
    console.log(JSON.stringify({ seconds: (took.user + took.system) / 1e6, rows: rows.map((row) => row.map(String)) }));
  } catch (why) { console.log(JSON.stringify({ wrong: String(why).split('\n')[0] })); }
}
