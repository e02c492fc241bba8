// Every page that somebody of the demonstration can reach by links, in every mode, and proof that none was left out.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { checkPage, tell } from './checks.js';
import { crawl } from './crawl.js';
import { LEFT_TO, NO_PAGES } from './journeys/pages.js';
import { launchBrowser } from './launch.js';
import { sessionOf } from './people.js';
import { runForJson, startServer } from './server.js';

// The test of this test has a site on which nobody signs in.
const PEOPLE = (process.env.WAYMARK_PEOPLE ?? 'anyone,member,team-lead,finder,administrator').split(',');

const routes = (await runForJson(['routes', '--json'])).filter((route) => !route.act);
const [server, browser] = await Promise.all([startServer({ demo: true }), launchBrowser()]);
const sessions = new Map();
for (const as of PEOPLE) sessions.set(as, await sessionOf(browser, server, as));
const pages = await crawl(server.origin, routes, sessions);

after(async () => {
  await browser.close();
  await server.stop();
});

// Two at a time: while one page waits for the browser, the other's markup is looked at.
describe('every page', { concurrency: 2 }, () => {
  for (const { key, as, path } of pages) {
    test(`${key} as ${as} is accessible, fits, is valid and quiet`, { timeout: 120_000 }, async () => {
      const faults = await checkPage(browser, server.origin + path, { session: sessions.get(as) });
      assert.equal(tell(faults), '', path);
    });
  }
});

test('no page was left out', () => {
  const looked = new Set([...pages.map((page) => page.name), ...Object.values(LEFT_TO).flat(), ...NO_PAGES]);
  const missing = routes.map((route) => route.name).filter((name) => !looked.has(name));
  assert.deepEqual(missing, []);
});

test('nothing is left to a journey that is no page any more', () => {
  const names = new Set(routes.map((route) => route.name));
  const left = [...Object.values(LEFT_TO).flat(), ...NO_PAGES];
  assert.deepEqual(left.filter((name) => !names.has(name)), []);
});

// What a journey does not look at, it fails for itself; here, that there is one, and that it is told its own list.
for (const name of Object.keys(LEFT_TO)) {
  test(`the journey ${name} is there to look at what is left to it`, async () => {
    const file = join(import.meta.dirname, 'journeys', `${name}.test.js`);
    assert.match(await readFile(file, 'utf8'), new RegExp(`^journey\\('${name}', '[^']+', async`, 'm'));
  });
}
