// duck.mjs - DuckDB from Node (npm i @duckdb/node-api in the directory NODE_DUCKDB), one thread:
// a statement a line on stdin, the seconds of processor time that it took a line on stdout.
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';
const { DuckDBInstance } = createRequire(process.env.NODE_DUCKDB + '/')('@duckdb/node-api');
const base = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
for await (const line of createInterface({ input: process.stdin })) {
  const before = process.cpuUsage();
  try {
    (await base.runAndReadAll(line)).getRows();
    const took = process.cpuUsage(before);
    console.log((took.user + took.system) / 1e6);
  } catch (why) { console.log('wrong ' + String(why).split('\n')[0]); }
}
