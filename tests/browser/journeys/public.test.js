// An idea from a telephone without an account: listed by the moderator, answered by the team lead, read with the code.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, press } from './acts.js';
import { journey } from './journey.js';
import { wallLink } from './places.js';

const main = (page) => page.locator('main').textContent();

/** Tells an idea from the link on the wall; gives its code and the address of its record. */
async function tells(at, phone, link) {
  await phone.page.goto(link);
  await press(phone.page, 'Do you use this service, or visit it? Tell it without an account');
  await at.look(phone);
  await fill(phone.page, {
    'What is the problem?': 'The zebra crossing lamp by bay nine flickers.',
    'What would you do?': 'Change the starter.',
  });
  await press(phone.page, 'Continue');
  await at.look(phone);
  const code = (await main(phone.page)).match(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/)[0];
  await fill(phone.page, { 'Your name, if you want it to stand on the idea (optional)': 'Mo' });
  await press(phone.page, 'Send it');
  assert.match(await main(phone.page), /has it\. You hear by/);
  assert.match(await main(phone.page), new RegExp(code));
  await at.look(phone);
  return { code, record: phone.page.url().replace('/told/', '/records/') };
}

/** The moderator reads it and lists it. */
async function lists(at, moderator, { origin, record }) {
  await moderator.page.goto(`${origin}/moderation`);
  await at.look(moderator);
  await moderator.page.goto(`${record}/moderate`);
  await at.look(moderator);
  await choose(moderator.page, 'List it');
  await press(moderator.page, 'Save');
  await press(moderator.page, 'Log of moderation: Aldermere Hospitals Trust');
  await at.look(moderator);
}

journey('public', 'from a telephone without an account to an answer', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const { origin } = server;
  const member = await sessionOf(at.browser, server, 'member');
  const link = await wallLink(origin, member);
  const { code, record } = await tells(at, await at.somebodyWithPhone(), link);
  const jamie = await at.somebody(member);
  await jamie.page.goto(record);
  assert.doesNotMatch(await main(jamie.page), /zebra crossing/);
  const sandra = await at.somebody(await sessionOf(at.browser, server, 'sandra-kowalczyk'));
  await lists(at, sandra, { origin, record });
  await jamie.page.goto(record);
  assert.match(await main(jamie.page), /Mo, who uses this service/);
  await press(jamie.page, 'Something is wrong with this');
  await at.look(jamie);
  const blessing = await at.somebody(await sessionOf(at.browser, server, 'team-lead'));
  await blessing.page.goto(`${record}/answer?answer=go`);
  await fill(blessing.page, { 'Anything you want to say to them (optional)': 'The starter is changed on Monday.' });
  await press(blessing.page, 'Send: try it');
  const back = await at.somebodyWithPhone();
  await back.page.goto(`${origin}/come-back`);
  await fill(back.page, { 'Your code': code.toLowerCase() });
  await press(back.page, 'Show what I wrote');
  assert.match(await main(back.page), /The starter is changed on Monday\./);
  await at.look(back);
  await press(back.page, 'Put a name on it');
  await at.look(back);
});
