// An idea with a hidden name: opened by two and given its name; and, in each mode, told, asked about, answered by somebody
// who does not know whose it is, and taken back, with nothing but its code.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, goOn, press } from './acts.js';
import { journey } from './journey.js';
import { passesBy } from './similar.js';

// Known to everybody, as the password of a demonstration is.
const PHRASE = 'WAYMA-RKWAY-MARKW-AYMAR-KWAYM';
const PHRASE_LABEL = 'Your pass-phrase: the 25 letters and digits that you wrote down';

const OPENED = { title: 'The lamp at the crossing', problem: 'The zebra crossing lamp by bay nine flickers.' };
// In each mode another idea and another answer: none is like one before.
const TOLD = {
  desktop: {
    title: 'A kettle for the night room',
    problem: 'The kettle in the night room takes ten minutes to boil.',
    words: 'Kettles are bought in March, with everything else for the kitchens.',
  },
  '320 px': {
    title: 'Labels in the linen cupboard',
    problem: 'The labels in the linen cupboard are too small to read.',
    words: 'We print new labels once the cupboards have been painted.',
  },
  'forced colours': {
    title: 'Where the clock hangs',
    problem: 'The clock in the meeting room hangs behind the open door.',
    words: 'That door is to be taken out, so its room waits for the builders.',
  },
  'without script': {
    title: 'Bread for the late shift',
    problem: 'There is no bread left when the late shift has its break.',
    words: 'The baker comes once a day until his contract is renewed.',
  },
};
const UNKNOWN =
  'The name is hidden. I did not write this, and do not know who did. (If you think you know, send it on.)';

const main = (page) => page.locator('main').textContent();

/** Tells an idea with a hidden name, as far as the page that shows its code; gives the code. */
async function hides(person, origin, { title, problem }) {
  const { page } = person;
  await page.goto(`${origin}/tell`);
  await fill(page, { 'What is the problem?': problem, 'What should we call it?': title });
  await choose(page, 'I do not know yet');
  await choose(page, 'I work on the front line');
  await goOn(page, 'Continue');
  await passesBy(person);
  await goOn(page, 'Change whose idea');
  await choose(page, 'Mine, and hide my name');
  await goOn(page, 'Continue');
  await passesBy(person);
  return (await main(page)).match(/[0-9A-Z]{5}(-[0-9A-Z]{5}){3}/)[0];
}

const recordOf = ({ page }) => page.url().replace('/told/', '/records/');

/** A day a month from now, as a form asks for one. */
function inAMonth() {
  const day = new Date(Date.now() + 30 * 24 * 60 * 60 * 1000);
  return { Day: `${day.getUTCDate()}`, Month: `${day.getUTCMonth() + 1}`, Year: `${day.getUTCFullYear()}` };
}

/** Whoever decides finds it among their work, without a name, and asks a question. */
async function asks({ page }, origin, { title }) {
  await page.goto(`${origin}/work`);
  await goOn(page, title);
  const record = await main(page);
  assert.match(record, /Somebody whose name is hidden/);
  assert.doesNotMatch(record, /Jamie/);
  await goOn(page, 'Ask whoever brought it something');
  await fill(page, { 'Your question': 'Is it so on every day?' });
  await goOn(page, 'Send my question');
}

/** Whoever told it comes back at another browser, without signing in, and replies. */
async function replies(there, teller, { origin, code }) {
  const { page } = teller;
  await page.goto(`${origin}/come-back`);
  await fill(page, { 'Your code': code.toLowerCase().replaceAll('-', ' ') });
  await goOn(page, 'Show what I wrote');
  assert.match(await main(page), /Is it so on every day\?/);
  await there.look(teller);
  await goOn(page, 'Reply to the question');
  await fill(page, { 'Your reply': 'It is worst on Fridays.' });
  await goOn(page, 'Send my reply');
}

/** Whoever decides reads the reply, and answers once they have said that they do not know whose it is. */
async function answers(there, decider, { record, words }) {
  const { page } = decider;
  await page.goto(record);
  await goOn(page, 'History');
  assert.match(await main(page), /It is worst on Fridays\./);
  await goOn(page, 'Where it is');
  await goOn(page, 'Answer this');
  await choose(page, 'Not now, until something happens');
  await goOn(page, 'Continue');
  await choose(page, 'There is no time, or nobody free, yet');
  await fill(page, { 'In your own words': words, 'What does it wait for?': 'That it can be paid for.', ...inAMonth() });
  await goOn(page, 'Send: not now');
  assert.match(await main(page), /Say that you neither wrote it nor know who did/);
  await there.look(decider);
  await choose(page, UNKNOWN);
  await goOn(page, 'Send: not now');
  assert.match(await main(page), /Your answer is with whoever brought it: not now/);
}

/** Whoever told it reads the answer, says what it was worth, takes the idea back, and leaves nothing at the browser. */
async function takesItBack(there, teller, { record, words }) {
  const { page } = teller;
  await page.goto(record);
  assert.ok((await main(page)).includes(words));
  await goOn(page, 'No, it was not');
  await goOn(page, 'Take it back');
  await fill(page, { 'Why, in a line': 'I ask for it elsewhere.' });
  await goOn(page, 'Take it back');
  assert.match(await main(page), /You have taken it back/);
  await there.look(teller);
  await goOn(page, 'Forget the code now');
  await page.goto(record);
  assert.match(page.url(), /\/sign-in\?back=/);
}

/** From telling to taking back, in one mode. */
async function isTalkedAbout(there, { origin, sessions }) {
  const idea = TOLD[there.mode];
  const jamie = await there.somebody(sessions.jamie);
  const code = await hides(jamie, origin, idea);
  await goOn(jamie.page, 'Send it');
  assert.match(await main(jamie.page), /Kieran Marsh has it\. You hear by/);
  const record = recordOf(jamie);
  const kieran = await there.somebody(sessions.kieran);
  await asks(kieran, origin, idea);
  const teller = await there.somebody();
  await replies(there, teller, { origin, code });
  await answers(there, kieran, { record, words: idea.words });
  await takesItBack(there, teller, { record, words: idea.words });
  await kieran.page.goto(record);
  assert.match(await main(kieran.page), /Somebody whose name is hidden took it back/);
}

/** Two openers together see the name; then whoever told it puts it there for everybody. */
async function isOpenedAndGiven(at, server, { jamie, record }) {
  const helen = await at.somebody(await sessionOf(at.browser, server, 'helen-ashdown'));
  await helen.page.goto(`${server.origin}/opener`);
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
}

journey('hidden', 'a name is hidden, opened by two, and given; an idea is talked about and taken back', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const { origin } = server;
  const sessions = {
    jamie: await sessionOf(at.browser, server, 'member'),
    kieran: await sessionOf(at.browser, server, 'kieran-marsh'),
  };
  const jamie = await at.somebody(sessions.jamie);
  const code = await hides(jamie, origin, OPENED);
  await press(jamie.page, 'Send it');
  await at.look(jamie);
  assert.match(await main(jamie.page), new RegExp(code));
  const record = recordOf(jamie);
  const phone = await at.somebody();
  await phone.page.goto(`${origin}/come-back`);
  await fill(phone.page, { 'Your code': code.toLowerCase() });
  await press(phone.page, 'Show what I wrote');
  assert.match(await main(phone.page), /You are here with your code/);
  await at.look(phone);
  await isOpenedAndGiven(at, server, { jamie, record });
  await at.inEachMode(t, (there) => isTalkedAbout(there, { origin, sessions }));
});
