// Telling with every turn that the form offers: another place, a person by name, similar ones, a group, somebody else's
// idea, a draft that is thrown away.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, press } from './acts.js';
import { journey } from './journey.js';

const text = async ({ page }) => (await page.locator('main').textContent()).replace(/\s+/g, ' ');

/** The title of an idea that is there already, so that another can be like it. */
async function titleThatIsThere({ page }, origin) {
  await page.goto(`${origin}/ideas`);
  return (await page.locator('main a[href^="/records/"]').first().textContent()).trim();
}

async function tellsToSomebodyElse(at, ada, title) {
  const { page } = ada;
  await fill(page, { 'What is the problem?': title, 'What would you do?': 'The same as they did.' });
  await choose(page, 'Someone else');
  await choose(page, 'I work on the front line');
  await press(page, 'Continue');
  await at.look(ada);
  await press(page, 'Continue');
  await at.look(ada);
  await page.getByRole('radio').first().check();
  await press(page, 'Continue');
}

async function looksAtSimilarOnes(at, ada) {
  assert.match(ada.page.url(), /\/similar$/);
  await at.look(ada);
  await choose(ada.page, 'Mine is different');
  await press(ada.page, 'Continue');
}

async function sharesItWithAGroup(at, ada) {
  const { page } = ada;
  await press(page, 'Change whose idea');
  await at.look(ada);
  await choose(page, 'A group’s, and I am one of it');
  await press(page, 'Continue');
  await at.look(ada);
  const person = page.getByRole('group', { name: 'Person 2' });
  await person.getByLabel('Name').fill('Bea Okafor');
  await person.getByLabel('Work email address').fill('bea');
  await press(page, 'Continue');
  await at.look(ada);
  await person.getByLabel('Work email address').fill('bea@wales.example');
  await press(page, 'Continue');
  assert.match(await text(ada), /You 50%, Bea Okafor 50%/);
}

async function tellsItForSomebody(at, ada) {
  const { page } = ada;
  await press(page, 'Change whose idea');
  await choose(page, 'Somebody else’s, and they agree that I type it');
  await press(page, 'Continue');
  await at.look(ada);
  await press(page, 'Continue');
  await at.look(ada);
  await fill(page, { 'Their name': 'Cai Morgan', 'Their work email address': 'cai@wales.example' });
  await choose(page, 'They agree that I type this for them');
  await press(page, 'Continue');
  assert.match(await text(ada), /Cai Morgan’s, typed by you with their agreement/);
}

async function tellsItElsewhere(at, ada) {
  const { page } = ada;
  await press(page, 'Change where');
  await at.look(ada);
  await fill(page, { 'Search for a place': 'nowhere of this name' });
  await press(page, 'Search');
  await at.look(ada);
  await fill(page, { 'Search for a place': 'ward' });
  await press(page, 'Search');
  await at.look(ada);
  await page.getByRole('radio').first().check();
  await press(page, 'Continue');
}

async function throwsItAway(at, ada, origin) {
  const { page } = ada;
  await page.goto(`${origin}/drafts`);
  await at.look(ada);
  await page.getByRole('link', { name: /^Delete/ }).click();
  await page.waitForURL(/\/delete$/);
  await at.look(ada);
  await press(page, 'Delete');
  assert.match(await text(ada), /You have no drafts/);
}

journey('turns', 'every turn of telling', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const ada = await at.somebody(await sessionOf(at.browser, server, 'member'));
  const title = await titleThatIsThere(ada, server.origin);
  await ada.page.goto(`${server.origin}/tell`);
  await tellsToSomebodyElse(at, ada, title);
  await looksAtSimilarOnes(at, ada);
  await at.look(ada);
  await sharesItWithAGroup(at, ada);
  await at.look(ada);
  await tellsItForSomebody(at, ada);
  await tellsItElsewhere(at, ada);
  await throwsItAway(at, ada, server.origin);
});
