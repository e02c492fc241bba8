// What belongs to somebody else: it is asked about before it is sent, goes to its door at once, and its delivery shows.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, press } from './acts.js';
import { isAsked } from './asked.js';
import { journey } from './journey.js';
import { linkIn } from './mails.js';

const WITHIN_MS = 60_000;

/** Looks again and again until the mail has been handed over. */
async function waitsForDelivery({ page }) {
  const end = Date.now() + WITHIN_MS;
  while (!/Your words have arrived/.test(await page.locator('main').textContent())) {
    assert.ok(Date.now() < end, 'it never arrives');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await press(page, 'Look again');
  }
}

journey('door', 'words for a door go there', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const ada = await at.somebody(await sessionOf(at.browser, server, 'member'));
  const { page } = ada;
  await isAsked(ada, server.origin);
  await at.look(ada);
  await press(page, 'Continue');
  await at.look(ada);
  await choose(page, 'Wrongdoing');
  await press(page, 'Continue');
  await waitsForDelivery(ada);
  const desk = await at.somebody(undefined);
  await desk.page.goto(await linkIn(server, 'wrongdoing@tarrowmere.example.org', '/answer-door/'));
  await at.look(desk);
  await fill(desk.page, { 'Your answer': 'We look into it tonight.' });
  await press(desk.page, 'Send the answer');
  await page.reload();
  assert.match(await page.locator('main').textContent(), /We look into it tonight\./);
  await at.look(ada);
  await page.goto(`${server.origin}/ideas`);
  assert.doesNotMatch(await page.locator('main').textContent(), /night nurse/);
});
