#!/usr/bin/env node
// Answers the four commands that the harness asks of the program, so that the harness is tested without it.
import { writeFileSync } from 'node:fs';
import { startSite } from './site.js';

const ROUTES = [
  { path: '/good', name: 'good', as: 'anyone', act: false },
  { path: process.env.DOUBLE_SAMPLE ?? '/sent', name: 'bad', as: 'anyone', act: false },
];

const [command] = process.argv.slice(2);
if (process.env.DOUBLE_FAILS) {
  console.error('the database is gone');
  process.exit(3);
}
if (command === 'routes') console.log(JSON.stringify(ROUTES));
if (command === 'demo') {
  writeFileSync(process.env.WAYMARK_DATABASE.replace('sqlite:', ''), '');
  console.log(JSON.stringify([]));
}
if (command === 'serve') await startSite(Number(process.env.WAYMARK_LISTEN.split(':')[1]));
