// What is held about somebody: who looked and why, a complaint from a phone, and being erased.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, press } from './acts.js';
import { journey } from './journey.js';

/** An administrator says where complaints go. */
async function setsTheAddress(at, server) {
  const { page } = await at.somebody(await sessionOf(at.browser, server, 'administrator'));
  await page.goto(`${server.origin}/admin`);
  const node = await page.locator('main a[href^="/admin/nodes/"]').first().getAttribute('href');
  await page.goto(`${server.origin}${node}/settings`);
  await fill(page, { 'Complaints about this service and its data go to': 'data.protection@tarrowmere.example.org' });
  await press(page, 'Save');
}

/** Somebody complains from a phone on which no script runs. */
async function complains(at, server) {
  const phone = await at.somebodyWithPhone();
  const { page } = phone;
  await page.goto(`${server.origin}/complaint`);
  await at.look(phone);
  await press(page, 'Send it');
  await at.look(phone);
  await choose(page, 'An answer, or that there is none');
  await fill(page, { 'What happened, and what should be done?': 'Nobody answered in June. Please say why.' });
  await press(page, 'Send it');
  assert.match(page.url(), /\/delivered\//);
  await at.look(phone);
}

/** The auditor says why before a record opens. */
async function saysWhy(at, server) {
  const auditor = await at.somebody(await sessionOf(at.browser, server, 'auditor'));
  const { page } = auditor;
  await page.goto(`${server.origin}/ideas`);
  const records = await page.locator('main a[href^="/records/"]').evaluateAll((links) => links.map((link) => link.href));
  for (const record of records) {
    await page.goto(record);
    if (/\/look\?/.test(page.url())) break;
  }
  assert.match(page.url(), /\/look\?back=/);
  await press(page, 'Open it');
  await at.look(auditor);
  await fill(page, { 'Your reason': 'Audit of answers in June, file 12' });
  await press(page, 'Open it');
  assert.match(page.url(), /\/records\/[^/]+$/);
  await page.goto(`${server.origin}/me/data`);
  await at.look(auditor);
  await press(page, 'Audit');
  assert.match(page.url(), /\/audit$/);
  await at.look(auditor);
  await press(page, 'Who looked');
  assert.match(await page.locator('main').textContent(), /Audit of answers in June, file 12/);
  await at.look(auditor);
}

/** A member closes their account and is erased. */
async function isErased(at, server) {
  const member = await at.somebody(await sessionOf(at.browser, server, 'member'));
  const { page } = member;
  await page.goto(`${server.origin}/me`);
  await press(page, 'What this holds about you');
  await at.look(member);
  await press(page, 'Close my account and erase me');
  await fill(page, { 'Your password': 'not the one' });
  await press(page, 'Close my account and erase me');
  await at.look(member);
  await choose(page, 'Erase my own words, too');
  const { password } = server.accounts.find((each) => each.as === 'member');
  await fill(page, { 'Your password': password });
  await press(page, 'Close my account and erase me');
  await at.look(member);
  assert.match(await page.locator('main').textContent(), /you are erased/);
  await page.goto(`${server.origin}/me`);
  assert.match(page.url(), /\/sign-in/);
}

journey('own-data', 'somebody sees who looked, complains, and is erased', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  await setsTheAddress(at, server);
  await complains(at, server);
  await saysWhy(at, server);
  await isErased(at, server);
});
