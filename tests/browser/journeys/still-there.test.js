// Somebody who decides is called away: warned before the session ends, they stay by one press; too late, nothing is lost.
import assert from 'node:assert/strict';
import { axeFaults, tell } from '../checks.js';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { field, fill, named, picture } from './acts.js';
import { journey } from './journey.js';

const PROBLEM = 'The keys of the linen room are on another floor at night.';

async function isWarned(page, minutes, question) {
  await page.clock.fastForward(minutes * 60_000 + 1000);
  await named(page, question).waitFor({ timeout: 10_000 });
  assert.equal(tell(await axeFaults(page)), '');
  await picture(page, `still-there-${question.toLowerCase().replaceAll(' ', '-')}`);
}

/** Does something by which the page says that somebody is there, and waits until the server has taken it. */
async function isThere(page, does) {
  const heard = page.evaluate(
    () => new Promise((done) => new BroadcastChannel('wm-still-there').addEventListener('message', () => done())),
  );
  await does();
  await heard;
}

/** The session ends as it does on the server when its time is over: no page of this browser hears of it. */
async function isSignedOut({ context }, origin) {
  const answer = await context.request.post(`${origin}/sign-out`, { headers: { origin } });
  assert.equal(answer.status(), 200);
}

/** As a hand does, which is slower than an answer of the server: nothing may come between its down and its up. */
async function pressSlowly(page, name) {
  await Promise.all([page.waitForEvent('load'), named(page, name).click({ delay: 1000 })]);
}

journey('still-there', 'a warning, one press, and what was typed too late', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const lead = await at.somebody(await sessionOf(at.browser, server, 'team-lead'));
  const { page } = lead;
  await page.clock.install();
  await page.goto(`${server.origin}/tell`);
  await isWarned(page, 27, 'Stay signed in');
  await isThere(page, () => named(page, 'Stay signed in').click());
  await named(page, 'Stay signed in').waitFor({ state: 'hidden' });
  // Whoever types is there, without a question.
  await page.clock.fastForward(20 * 60_000);
  await isThere(page, () => fill(page, { 'What is the problem?': PROBLEM }));
  await isWarned(page, 27, 'Stay signed in');
  await isSignedOut(lead, server.origin);
  await isWarned(page, 3, 'Back to the page');
  await named(page, 'Back to the page').click();
  assert.equal(await field(page, 'What is the problem?').inputValue(), PROBLEM);
  await pressSlowly(page, 'Continue');
  await at.look(lead);
  assert.ok((await page.content()).includes(PROBLEM), 'what was typed is there still');
}, []);

journey('away', 'a page on which nothing was typed makes place for signing in', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const lead = await at.somebody(await sessionOf(at.browser, server, 'team-lead'));
  await lead.page.clock.install();
  await lead.page.goto(`${server.origin}/work`);
  await isSignedOut(lead, server.origin);
  await Promise.all([lead.page.waitForURL(/sign-in\?back=/), lead.page.clock.fastForward(30 * 60_000)]);
  await at.look(lead);
}, []);
