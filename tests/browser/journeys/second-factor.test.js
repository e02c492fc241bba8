// A second factor: set up, shown when signing in, and reset by an administrator when the phone is lost.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { fill, press } from './acts.js';
import { journey } from './journey.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

function bytes(base32) {
  const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** What an app shows (RFC 6238), `later` steps from now. */
function shown(secret, later = 0) {
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + later));
  const hash = createHmac('sha1', bytes(secret)).update(step).digest();
  const four = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(four % 1_000_000).padStart(6, '0');
}

async function setsItUp(at, finder, origin) {
  const { page } = finder;
  await page.goto(`${origin}/me/second-factor`);
  await press(page, 'Set it up');
  await at.look(finder);
  const typed = await page.locator('main').textContent();
  const secret = typed.match(/[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}/)[0].replaceAll(' ', '');
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
