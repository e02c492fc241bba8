// Every page that somebody of the demonstration can reach by links, in every mode, and proof that none was left out.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { checkPage, tell } from './checks.js';
import { crawl } from './crawl.js';
import { launchBrowser } from './launch.js';
import { sessionOf } from './people.js';
import { runForJson, startServer } from './server.js';

// The test of this test has a site on which nobody signs in.
const PEOPLE = (process.env.WAYMARK_PEOPLE ?? 'anyone,member,decider,finder,administrator').split(',');

// Pages that nobody reaches by a link, with the journey that looks at each: the first run has its own database, a draft
// begins with a form that is sent, a link that works once comes by mail, a file is uploaded first.
const IN_JOURNEYS = new Set([
  'Start', 'StartStep', 'StartCheck', 'StartDone', 'Ticket', 'TellConfirm', 'Sent',
  'Draft', 'DraftPlace', 'DraftWho', 'DraftWhose', 'DraftGroup', 'DraftBehalf', 'DraftSimilar', 'DraftCheck', 'DraftDelete',
  'ImportFile', 'ImportColumns', 'ImportFaults', 'Problem', 'EndCover',
]);
// Not pages for people.
const NO_PAGES = new Set(['Live', 'Ready']);

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
  const seen = new Set(pages.map((page) => page.name));
  const missing = routes.map((route) => route.name).filter((name) => !seen.has(name) && !IN_JOURNEYS.has(name) && !NO_PAGES.has(name));
  assert.deepEqual(missing, []);
});
