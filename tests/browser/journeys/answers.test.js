// A no for several at once, a second look at it, and what is said beside.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, press } from './acts.js';
import { journey } from './journey.js';

const REASON = {
  'In your own words': 'There is no room for more staff bays until the north field is paved. Use the park and ride.',
  'What would change this?': 'The field is paved.',
};

/** Tells an idea by its form; gives the address of its record. */
async function tells(person, origin, problem) {
  const { page } = person;
  await page.goto(`${origin}/tell`);
  await fill(page, { 'What is the problem?': problem, 'What would you do?': 'Paint more bays.' });
  await choose(page, 'I work on the front line');
  await press(page, 'Continue');
  if (/\/similar$/.test(page.url())) {
    await choose(page, 'Mine is different');
    await press(page, 'Continue');
  }
  await press(page, 'Send it');
  return page.url().replace('/told/', '/records/').split('?')[0];
}

journey('answers', 'one answer for several, and a second look at it', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const ada = await at.somebody(await sessionOf(at.browser, server, 'member'));
  const records = [];
  for (const problem of ['Staff cannot park on Mondays.', 'On Mondays all the staff bays are full by eight.']) {
    records.push(await tells(ada, server.origin, problem));
  }
  const lead = await at.somebody(await sessionOf(at.browser, server, 'team-lead'));
  await lead.page.goto(`${server.origin}/work`);
  await press(lead.page, 'Answer several at once');
  await at.look(lead);
  await press(lead.page, 'Continue');
  await at.look(lead);
  for (const record of records) {
    const reference = record.split('/').pop();
    await lead.page.locator(`input[name=records][value^="${reference}:"]`).check();
  }
  await choose(lead.page, 'We already do this');
  await fill(lead.page, REASON);
  await press(lead.page, 'Continue');
  await at.look(lead);
  await press(lead.page, 'Send these answers');
  await at.look(lead);
  const shared = lead.page.url().split('?')[0];
  await press(lead.page, 'Read this again');
  await at.look(lead);
  await lead.page.goto(`${server.origin}/shared`);
  await at.look(lead);

  await ada.page.goto(records[0]);
  await at.look(ada);
  await press(ada.page, 'Ask that somebody else look at the answer');
  await at.look(ada);
  await fill(ada.page, { 'What should they look at again?': 'The night staff were not asked.' });
  await press(ada.page, 'Ask for this');
  await at.look(ada);
  assert.match(await ada.page.locator('main').textContent(), /somebody else look at the answer/);

  // Nearly the same words to somebody else are pointed out before they go.
  for (const problem of ['The bays by the gate are taken on Mondays, too.', 'Monday clinics fill the bays of the staff.']) {
    const record = await tells(ada, server.origin, problem);
    await lead.page.goto(`${record}/answer?answer=stop`);
    await choose(lead.page, 'We already do this');
    await fill(lead.page, {
      'In your own words': 'The clinics on Mondays bring two hundred visitors, and the council has moved their bus stop. It comes back in March.',
      'What would change this?': 'The bus stop does not come back.',
    });
    await press(lead.page, 'Send: no');
    await at.look(lead);
    if (problem.startsWith('The bays')) await press(lead.page, 'Yes, send it');
  }
  assert.match(await lead.page.locator('main').textContent(), /Nearly the same words/);
  await press(lead.page, 'Make it a shared answer');
  await at.look(lead);

  await lead.page.goto(`${records[1]}/history`);
  await fill(lead.page, { 'Say something about it': 'The field is on the plan for next year.' });
  await press(lead.page, 'Add this comment');
  await at.look(lead);
  await lead.page.goto(`${server.origin}/work/news`);
  await at.look(lead);
  await lead.page.goto(shared);
  await at.look(lead);

  const finder = await at.somebody(await sessionOf(at.browser, server, 'finder'));
  await finder.page.goto(shared);
  await press(finder.page, 'Mask words');
  await at.look(finder);
  await fill(finder.page, { 'Which words must not stand here?': 'north field' });
  await choose(finder.page, 'They tell who somebody is');
  await press(finder.page, 'Continue');
  await at.look(finder);
  await press(finder.page, 'Mask them for good');
  await at.look(finder);
  await ada.page.goto(records[1]);
  assert.match(await ada.page.locator('main').textContent(), /until the \[masked\] is paved/);
});
