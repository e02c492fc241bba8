// A second factor: set up, shown when signing in, and reset by an administrator when the phone is lost.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { fill, press } from './acts.js';
import { secretOn, shown } from './factor.js';
import { journey } from './journey.js';

async function setsItUp(at, finder, origin) {
  const { page } = finder;
  await page.goto(`${origin}/me/second-factor`);
  await press(page, 'Set it up');
  await at.look(finder);
  const secret = await secretOn(page);
  await fill(page, { 'Code that the app shows now': shown(secret) });
  await press(page, 'Confirm');
  assert.equal(await page.locator('main code').count(), 10, 'recovery codes');
  await press(page, 'I have kept them');
  for (const part of ['codes', 'remove']) {
    await page.goto(`${origin}/me/second-factor/${part}`);
    await at.look(finder);
  }
  return secret;
}

async function showsIt(at, finder, { origin, secret }) {
  const { page } = finder;
  await page.goto(`${origin}/work`);
  assert.match(page.url(), /\/sign-in\/code\?back=\/work$/);
  await at.look(finder);
  await fill(page, { 'Code from your app, or a recovery code': shown(secret, 1) });
  await press(page, 'Continue');
  assert.equal(page.url(), `${origin}/work`);
}

async function looksAtTheReset(at, admin, { origin, name }) {
  const { page } = admin;
  await page.goto(`${origin}/admin`);
  const node = await page.locator('main a[href^="/admin/nodes/"]').first().getAttribute('href');
  await page.goto(`${origin}${node}/people?q=${encodeURIComponent(name)}`);
  await page.locator('main a[href$="/second-factor"]').first().click();
  await at.look(admin);
}

journey('second-factor', 'a code besides the password', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const { origin } = server;
  const secret = await setsItUp(at, await at.somebody(await sessionOf(at.browser, server, 'finder')), origin);
  await showsIt(at, await at.somebody(await sessionOf(at.browser, server, 'finder')), { origin, secret });
  const { name } = server.accounts.find((each) => each.as === 'finder');
  await looksAtTheReset(at, await at.somebody(await sessionOf(at.browser, server, 'administrator')), { origin, name });
});
