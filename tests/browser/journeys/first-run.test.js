// From an empty database to three lines on the wall: one person sets it up, another tells, both with real mail.
import assert from 'node:assert/strict';
import { startServer } from '../server.js';
import { choose, field, fill, press } from './acts.js';
import { journey } from './journey.js';
import { linkIn } from './mails.js';

const PASSWORD = 'kettle marble thursday';
const TITLE = 'Blood bottles run out at weekends';

const text = async ({ page }) => (await page.locator('main').textContent()).replace(/\s+/g, ' ');

/** Whoever sets it up answers the five questions. */
async function setsItUp(at, mair) {
  const { page } = mair;
  await at.look(mair);
  await press(page, 'Start now');
  await press(page, 'Continue');
  await at.look(mair);
  await fill(page, { Name: 'Hafan Day Centre' });
  await choose(page, 'England and Wales');
  await press(page, 'Continue');
  await at.look(mair);
  await fill(page, { 'Your name': 'Mair Rees', 'Your work mail address': 'mair@hafan.example', 'Your password': PASSWORD });
  await page.getByRole('group', { name: 'Who is the finder?' }).getByLabel('Somebody else').check();
  await fill(page, {
    'The finder’s name, if it is somebody else': 'Ifan Puw',
    'The finder’s work mail address, if it is somebody else': 'ifan@hafan.example',
  });
  await press(page, 'Continue');
  await at.look(mair);
  await fill(page, {
    'Danger now': '999',
    Wrongdoing: 'The speak-up guardian, 01970 555 010',
    'A complaint about care or service': '01970 555 011',
    'Help for me': 'Occupational health, 01970 555 012',
    'Press or information request': 'press@hafan.example',
  });
  await press(page, 'Continue');
  await at.look(mair);
  await choose(page, 'No mail yet');
  await press(page, 'Continue');
  await at.look(mair);
  await press(page, 'Continue');
  await at.look(mair);
  await press(page, 'Set it up');
  await at.look(mair);
  assert.match(await text(mair), /Still to do Name a mail server/);
}

/** The QR code's picture and the address that is written below it say the same; gives the address. */
async function linkOfTheWall({ page }) {
  assert.ok(await page.locator('svg[role=img]').isVisible());
  const address = (await page.getByText('/tell?at=').textContent()).trim();
  return address;
}

async function tells(at, nia, address) {
  const { page } = nia;
  await page.goto(address);
  await at.look(nia);
  assert.match(await text(nia), /Danger now: 999/);
  await press(page, 'Continue');
  await at.look(nia);
  await fill(page, {
    'What is the problem?': 'We run out of blood bottles every weekend and borrow from the ward upstairs.',
    'What would you do?': 'Order on Thursday instead of Friday.',
    'What should we call it?': TITLE,
  });
  await choose(page, 'I work on the front line');
  await press(page, 'Continue');
  await at.look(nia);
  await press(page, 'Send me the link');
  await at.look(nia);
  await fill(page, { 'Your name': 'Nia Owen', 'Your work email address': 'nia@hafan.example' });
  await press(page, 'Send me the link');
  await at.look(nia);
}

async function confirms(at, nia, server) {
  const { page } = nia;
  await page.goto(await linkIn(server, 'nia@hafan.example', 'not sent yet'));
  await at.look(nia);
  assert.match(await text(nia), /what you told goes to the person who can answer it/);
  await press(page, 'Yes, this is me: send it');
  await at.look(nia);
  assert.match(await text(nia), /Mair Rees has it. You hear by \w+day \d+ \w+ \d{4}/);
}

async function answers(at, mair, origin) {
  const { page } = mair;
  await page.goto(`${origin}/work`);
  await at.look(mair);
  await press(page, TITLE);
  await at.look(mair);
  await press(page, 'Answer this');
  await at.look(mair);
  await choose(page, 'Try it');
  await press(page, 'Continue');
  await at.look(mair);
  assert.ok(await field(page, 'Nia Owen').isChecked(), 'whoever brought it tries it');
  await press(page, 'Send: try it');
  await at.look(mair);
}

async function writesThreeLines(at, nia, server) {
  const { page } = nia;
  await page.goto(await linkIn(server, 'nia@hafan.example', 'The answer is: try it'));
  await at.look(nia);
  await press(page, 'Write the three lines');
  await at.look(nia);
  await press(page, 'Put the three lines on the record');
  await at.look(nia);
  await fill(page, {
    'What did you do?': 'Ordered on Thursday for three weeks.',
    'What changed?': 'No bottle was missing on any weekend.',
  });
  await choose(page, 'Keep it');
  await press(page, 'Put the three lines on the record');
  await at.look(nia);
}

async function isOnTheWall(at, mair, address) {
  const { page } = mair;
  const { origin, searchParams } = new URL(address);
  await page.goto(`${origin}/places/${searchParams.get('at')}/wall`);
  await at.look(mair);
  const row = page.getByRole('row').filter({ hasText: TITLE });
  assert.match(await row.textContent(), /Tried and keptNo bottle was missing on any weekend/);
}

journey('first-run', 'an empty database, an idea, its answer, three lines, the wall', async (at, t) => {
  const server = await startServer();
  t.after(() => server.stop());
  const [mair, nia, ifan] = [await at.somebody(), await at.somebody(), await at.somebody()];
  await mair.page.goto(server.origin);
  await setsItUp(at, mair);
  const address = await linkOfTheWall(mair);
  await ifan.page.goto(await linkIn(server, 'ifan@hafan.example', 'invited'));
  await at.look(ifan);
  await tells(at, nia, address);
  await confirms(at, nia, server);
  await answers(at, mair, server.origin);
  await writesThreeLines(at, nia, server);
  await isOnTheWall(at, mair, address);
});
