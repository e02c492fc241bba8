#!/usr/bin/env node
// Answers the four commands that the harness asks of the program, so that the harness is tested without it.
import { writeFileSync } from 'node:fs';
import { LEFT_TO, NO_PAGES } from '../journeys/pages.js';
import { startSite } from './site.js';

const route = (path, name) => ({ path, name, as: 'anyone', act: false });
// What is left to journeys is a route of it, too, so that the lists can be compared; it answers none of them.
const LEFT = [...new Set([...Object.values(LEFT_TO).flat(), ...NO_PAGES])];
const ROUTES = [
  route('/good', 'good'),
  route(process.env.DOUBLE_SAMPLE ?? '/sent', 'bad'),
  ...LEFT.map((name) => route(`/left/${name}`, name)),
  ...(process.env.DOUBLE_UNSEEN ? [route('/nowhere', process.env.DOUBLE_UNSEEN)] : []),
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
