// What reads like something for a door and is sent as an idea all the same: somebody reads it before anybody else.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, press } from './acts.js';
import { isAsked } from './asked.js';
import { journey } from './journey.js';

journey('held', 'what is sent as an idea all the same is read first', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const ada = await at.somebody(await sessionOf(at.browser, server, 'member'));
  await isAsked(ada, server.origin);
  await choose(ada.page, 'None of these: it is about how the service works');
  await press(ada.page, 'Continue');
  if (/\/similar$/.test(ada.page.url())) await press(ada.page, 'Continue');
  await press(ada.page, 'Send it');
  await at.look(ada);
  const held = ada.page.url();
  const finder = await at.somebody(await sessionOf(at.browser, server, 'finder'));
  await finder.page.goto(`${server.origin}/work`);
  await finder.page.getByRole('link', { name: /^Read this first/ }).click();
  await finder.page.waitForURL(held);
  await press(finder.page, 'Continue');
  await at.look(finder);
  await choose(finder.page, 'Back to the writer');
  await fill(finder.page, { 'What you tell the writer': 'Please ring the number for wrongdoing; I cannot look into this.' });
  await press(finder.page, 'Continue');
  await ada.page.goto(held);
  await at.look(ada);
  await press(ada.page, 'Open the draft');
  assert.match(await ada.page.locator('main textarea').first().inputValue(), /night nurse/);
});
