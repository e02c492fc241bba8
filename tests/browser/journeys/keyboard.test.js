// An idea is told with nothing but the keyboard, from the link on the wall to the receipt; every stop on the way must
// show that it has the focus.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { chooseByKey, field, pressByKey, tabTo, tickByKey, typeInto } from './acts.js';
import { journey } from './journey.js';
import { wallLink } from './places.js';

const IDEA = {
  'What is the problem?': 'The keys of the linen room are on another floor at night.',
  'What should we call it?': 'Linen room keys',
};

/** What was left out is told first, and the link to it goes to the field itself. */
async function isLedToWhatIsMissing(at, somebody) {
  const { page } = somebody;
  await pressByKey(page, 'Continue');
  await at.look(somebody);
  await pressLinkByKey(page, 'Say what the problem is');
  assert.ok(await hasFocus(field(page, 'What is the problem?')));
  await pressLinkByKey(page, 'Say which of these you are');
  assert.ok(await hasFocus(field(page, 'I work on the front line')));
}

const hasFocus = (target) => target.evaluate((el) => el === document.activeElement);

/** Links within the page load nothing. From where one is, Tab goes round by way of the browser's own buttons. */
async function pressLinkByKey(page, name) {
  await tabTo(page, page.getByRole('link', { name, exact: true }));
  await page.keyboard.press('Enter');
}

async function signsIn(page, { email, password }) {
  await pressByKey(page, 'Sign in');
  await typeInto(page, { 'Work mail address': email, Password: password });
  await pressByKey(page, 'Sign in');
}

journey('keyboard', 'from the link on the wall to the receipt', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const account = server.accounts.find(({ as }) => as === 'member');
  const ada = await at.somebody();
  const { page } = ada;
  await page.goto(await wallLink(server.origin, await sessionOf(at.browser, server, 'member')));
  await isLedToWhatIsMissing(at, ada);
  await typeInto(page, IDEA);
  await tickByKey(page, 'I do not know yet');
  await chooseByKey(page, 'I do not know');
  await chooseByKey(page, 'I work on the front line');
  await pressByKey(page, 'Continue');
  await at.look(ada);
  await signsIn(page, account);
  await at.look(ada);
  await pressByKey(page, 'Change the problem');
  await at.look(ada);
  await typeInto(page, { 'What is the problem?': `${IDEA['What is the problem?']} It takes ten minutes.` });
  await pressByKey(page, 'Continue');
  // Other words want another look for similar ones: whoever has signed in meanwhile may find some.
  if (page.url().endsWith('/similar')) await pressByKey(page, 'Continue');
  await pressByKey(page, 'Send it');
  await at.look(ada);
  assert.match(await page.locator('main').textContent(), /has it\. You hear by/);
});
