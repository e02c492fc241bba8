// Every page that the program lists, as somebody who may read it, in every mode.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { checkPage, tell } from './checks.js';
import { launchBrowser } from './launch.js';
import { sessionOf } from './people.js';
import { runForJson, startServer } from './server.js';

const routes = await runForJson(['routes', '--json']);
const sessions = new Map();
let server;
let browser;

before(async () => {
  [server, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

function session(as) {
  if (!sessions.has(as)) sessions.set(as, sessionOf(browser, server, as));
  return sessions.get(as);
}

test('the program lists its pages', () => {
  assert.ok(routes.length > 0, 'waymark routes --json lists no page');
});

// Two at a time: while one page waits for the browser, the other's markup is looked at.
describe('every page', { concurrency: 2 }, () => {
  for (const { name, path, as, sample_path: samplePath } of routes) {
    test(`${name} (${path}) is accessible, fits, is valid and quiet`, { timeout: 120_000 }, async () => {
      const faults = await checkPage(browser, server.origin + samplePath, { session: await session(as) });
      assert.equal(tell(faults), '');
    });
  }
});
