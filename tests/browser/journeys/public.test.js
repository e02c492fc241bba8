// An idea without an account, in each mode: told, listed by the moderator, answered by the team lead, read with the code.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, goOn } from './acts.js';
import { journey } from './journey.js';
import { wallLink } from './places.js';
import { passesBy } from './similar.js';

// In each mode another idea: none is like one before.
const TOLD = {
  desktop: {
    title: 'The lamp at the crossing',
    problem: 'The zebra crossing lamp by bay nine flickers.',
    solution: 'Change the starter.',
    answer: 'The starter is changed on Monday.',
  },
  '320 px': {
    title: 'A bench at the gate',
    problem: 'There is nowhere to sit at the bus stop by the main gate.',
    solution: 'Put a bench there.',
    answer: 'A bench comes from the garden.',
  },
  'forced colours': {
    title: 'How high the map hangs',
    problem: 'The map in the entrance hall hangs too high to be read.',
    solution: 'Hang it lower.',
    answer: 'It hangs lower by tomorrow.',
  },
  'without script': {
    title: 'Full bins',
    problem: 'The bins in the car park are full by noon.',
    solution: 'Empty them twice a day.',
    answer: 'They are emptied at noon, too.',
  },
};

const main = (page) => page.locator('main').textContent();

/** Tells an idea from the link on the wall; gives its code and the address of its record. */
async function tells(there, link, { title, problem, solution }) {
  const somebody = await there.somebody();
  const { page } = somebody;
  await page.goto(link);
  await goOn(page, 'Do you use this service, or visit it? Tell it without an account');
  await there.look(somebody);
  await fill(page, {
    'What is the problem?': problem,
    'What would you do?': solution,
    'What should we call it?': title,
  });
  await goOn(page, 'Continue');
  await passesBy(somebody);
  await there.look(somebody);
  const code = (await main(page)).match(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/)[0];
  await fill(page, { 'Your name, if you want it to stand on the idea (optional)': 'Mo' });
  await goOn(page, 'Send it');
  assert.match(await main(page), /has it\. You hear by/);
  assert.match(await main(page), new RegExp(code));
  await there.look(somebody);
  return { code, record: page.url().replace('/told/', '/records/') };
}

/** The moderator reads it and lists it. */
async function lists(there, moderator, { origin, record }) {
  const { page } = moderator;
  await page.goto(`${origin}/moderation`);
  await there.look(moderator);
  await goOn(page, `Decide (${record.split('/').pop()})`);
  await there.look(moderator);
  await choose(page, 'List it');
  await goOn(page, 'Save');
  await goOn(page, 'Log of moderation: Aldermere Hospitals Trust');
  await there.look(moderator);
}

/** The team lead finds it among their work, and says yes. */
async function answers({ page }, origin, { title, answer }) {
  await page.goto(`${origin}/work`);
  await goOn(page, title);
  await goOn(page, 'Answer this');
  await choose(page, 'Try it');
  await goOn(page, 'Continue');
  await fill(page, { 'Anything you want to say to them (optional)': answer });
  await goOn(page, 'Send: try it');
}

/** Whoever told it comes back with the code. */
async function readsIt(there, origin, { code, answer }) {
  const back = await there.somebody();
  await back.page.goto(`${origin}/come-back`);
  await fill(back.page, { 'Your code': code.toLowerCase() });
  await goOn(back.page, 'Show what I wrote');
  assert.ok((await main(back.page)).includes(answer));
  await there.look(back);
  await goOn(back.page, 'Put a name on it');
  await there.look(back);
}

/** One says something about it that another finds too much, and the moderator takes it away. */
async function isTooMuch(there, { origin, record, sessions, moderator }) {
  const [{ page }, reader] = [await there.somebody(sessions.member), await there.somebody(sessions.lead)];
  await page.goto(`${record}/history`);
  await fill(page, { 'Say something about it': 'Somebody should have seen that years ago.' });
  await goOn(page, 'Add this comment');
  await reader.page.goto(`${record}/history`);
  // Its name says whose comment it is, too.
  await reader.page.getByRole('link', { name: /^Something is wrong with this comment/ }).click();
  await reader.page.waitForURL(/\/report\?part=/);
  await choose(reader.page, 'It insults or threatens somebody');
  await goOn(reader.page, 'Send it to a moderator');
  await moderator.page.goto(`${origin}/moderation`);
  await goOn(moderator.page, `Decide whether a comment stays (${record.split('/').pop()})`);
  await there.look(moderator);
  await choose(moderator.page, 'Take it away');
  await choose(moderator.page, 'It insults or threatens somebody');
  await fill(moderator.page, { 'Why, in your own words': 'Not about colleagues.' });
  await goOn(moderator.page, 'Save');
  await reader.page.goto(`${record}/history`);
  assert.ok(!(await main(reader.page)).includes('years ago'));
  await page.goto(`${record}/history`);
  assert.ok((await main(page)).includes('Not about colleagues.'));
}

/** From telling to the answer, in one mode. */
async function isAnswered(there, { origin, link, sessions }) {
  const idea = TOLD[there.mode];
  const { code, record } = await tells(there, link, idea);
  const jamie = await there.somebody(sessions.member);
  await jamie.page.goto(record);
  assert.ok(!(await main(jamie.page)).includes(idea.problem), 'seen before it is listed');
  const moderator = await there.somebody(sessions.moderator);
  await lists(there, moderator, { origin, record });
  await jamie.page.goto(record);
  assert.match(await main(jamie.page), /Mo, who uses this service/);
  await goOn(jamie.page, 'Something is wrong with this');
  await there.look(jamie);
  await answers(await there.somebody(sessions.lead), origin, idea);
  await isTooMuch(there, { origin, record, sessions, moderator });
  await readsIt(there, origin, { code, answer: idea.answer });
}

journey('public', 'from a telephone without an account to an answer', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const sessions = {
    member: await sessionOf(at.browser, server, 'member'),
    moderator: await sessionOf(at.browser, server, 'sandra-kowalczyk'),
    lead: await sessionOf(at.browser, server, 'team-lead'),
  };
  const link = await wallLink(server.origin, sessions.member);
  await at.inEachMode(t, (there) => isAnswered(there, { origin: server.origin, link, sessions }));
});
