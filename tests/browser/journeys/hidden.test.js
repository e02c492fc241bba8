// An idea with a hidden name: told, answered for by code, opened by two, and given back a name.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, press } from './acts.js';
import { journey } from './journey.js';

// Known to everybody, as the password of a demonstration is.
const PHRASE = 'WAYMA-RKWAY-MARKW-AYMAR-KWAYM';
const PHRASE_LABEL = 'Your pass-phrase: the 25 letters and digits that you wrote down';

const main = (page) => page.locator('main').textContent();

/** Tells an idea with a hidden name; gives its code and the address of its record. */
async function tells({ page }, origin) {
  await page.goto(`${origin}/tell`);
  await fill(page, { 'What is the problem?': 'The zebra crossing lamp by bay nine flickers.' });
  await choose(page, 'I do not know yet');
  await choose(page, 'I work on the front line');
  await press(page, 'Continue');
  if (/\/similar$/.test(page.url())) await press(page, 'Continue');
  await page.goto(page.url().replace(/\/check$/, '/whose'));
  await choose(page, 'Mine, and hide my name');
  await press(page, 'Continue');
}

journey('hidden', 'a name is hidden, opened by two, and given', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const { origin } = server;
  const jamie = await at.somebody(await sessionOf(at.browser, server, 'member'));
  await tells(jamie, origin);
  const code = (await main(jamie.page)).match(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/)[0];
  await press(jamie.page, 'Send it');
  await at.look(jamie);
  assert.match(await main(jamie.page), new RegExp(code));
  const record = jamie.page.url().replace('/told/', '/records/');
  const phone = await at.somebody(undefined);
  await phone.page.goto(`${origin}/come-back`);
  await fill(phone.page, { 'Your code': code.toLowerCase() });
  await press(phone.page, 'Show what I wrote');
  assert.match(await main(phone.page), /You are here with your code/);
  await at.look(phone);
  const helen = await at.somebody(await sessionOf(at.browser, server, 'helen-ashdown'));
  await helen.page.goto(`${origin}/opener`);
  await at.look(helen);
  await helen.page.goto(`${record}/open`);
  await fill(helen.page, { 'Why it has to be opened': 'A threat against a colleague.', [PHRASE_LABEL]: PHRASE });
  await at.look(helen);
  await press(helen.page, 'Begin');
  const rafiq = await at.somebody(await sessionOf(at.browser, server, 'rafiq-talbot'));
  await rafiq.page.goto(`${record}/open`);
  await fill(rafiq.page, { [PHRASE_LABEL]: PHRASE });
  await press(rafiq.page, 'Open the name');
  assert.match(await main(rafiq.page), /Jamie Otterburn/);
  await jamie.page.goto(`${record}/name`);
  await at.look(jamie);
  await press(jamie.page, 'Put my name on it');
  assert.match(await main(jamie.page), /Jamie Otterburn/);
});
