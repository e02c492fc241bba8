// A spreadsheet comes in: columns matched by hand, faults with how to mend them, the good rows only, the same again.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, field, fill, press } from './acts.js';
import { journey } from './journey.js';

const PEOPLE = `Staff no,Full name,E-mail,Duties,Shoe size
S-1,Eleri Parry,eleri@wales.example,member,5
S-2,Dewi Sant,dewi at wales,member,9
S-3,,nobody@wales.example,member,7
S-4,Gwen Lloyd,gwen@wales.example,emperor,4
S-5,=HYPERLINK("x"),huw@wales.example,team lead,8
`;

const PROBLEMS = `id,title,problem,closes
P-1,Fewer missed appointments,One in nine people does not come.,31 December 2099
P-2,Quieter nights,Nobody sleeps on the ward.,31 February 2027
`;

const text = async ({ page }) => (await page.locator('main').textContent()).replace(/\s+/g, ' ');

async function chooses(page, { kind, name, csv }) {
  await choose(page, kind);
  await page.getByLabel('File', { exact: true }).setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(csv) });
  await press(page, 'Read the file');
}

/** As far as the report, with the one column that no heading gave away. */
async function matchesColumns(page) {
  await field(page, 'Roles').selectOption({ label: 'Duties' });
  await press(page, 'Check all rows');
}

async function readsAllFaults({ page }) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'All faults and notices as CSV' }).click()]);
  const lines = (await readFile(await download.path(), 'utf8')).split('\r\n').filter(Boolean);
  assert.equal(lines[0], '\uFEFF"Row","Column","What is wrong","How to mend it"');
  const rows = lines.slice(1).map((line) => Number(line.split(',')[0]));
  assert.deepEqual(rows, [3, 4, 5]);
  assert.match(lines[3], /Use one of: member, team-lead, finder, head\./);
  assert.match(lines[1], /“dewi at wales” is not a mail address","Write it like name@example\.org\./);
}

async function bringsPeopleIn(at, admin, origin) {
  const { page } = admin;
  await page.goto(`${origin}/import`);
  await at.look(admin);
  await press(page, 'Read the file');
  await at.look(admin);
  await chooses(page, { kind: 'People', name: 'staff.csv', csv: PEOPLE });
  await at.look(admin);
  await field(page, 'Roles').selectOption({ label: 'E-mail' });
  await press(page, 'Check all rows');
  await at.look(admin);
  await matchesColumns(page);
  await at.look(admin);
  assert.match(await text(admin), /2 of 5 rows can come in\. Rows with faults, which cannot come in as they are: 3\./);
  await readsAllFaults(admin);
  await press(page, 'Bring in the good rows only (2)');
  await at.look(admin);
  assert.match(await text(admin), /New 2 Changed 0 As before 0 Left out 3/);
}

async function bringsThemInAgain(at, admin) {
  const { page } = admin;
  await press(page, 'Bring in another file');
  await chooses(page, { kind: 'People', name: 'staff again.csv', csv: PEOPLE });
  await matchesColumns(page);
  assert.match(await text(admin), /2 of them came in before/);
  await press(page, 'Bring in the good rows only (2)');
  assert.match(await text(admin), /New 0 Changed 0 As before 2 Left out 3/);
  await press(page, 'Bring in another file');
  await at.look(admin);
}

async function throwsOneAway(at, admin) {
  const { page } = admin;
  await chooses(page, { kind: 'People', name: 'nobody.csv', csv: 'name,mail\nNobody,none\n' });
  await press(page, 'Check all rows');
  await at.look(admin);
  await press(page, 'Throw this file away');
  await at.look(admin);
}

/** Problems come in by the finder, and an idea can be told to one. */
async function bringsProblemsIn(at, finder, origin) {
  const { page } = finder;
  await page.goto(`${origin}/import`);
  await chooses(page, { kind: 'Problems and challenges', name: 'problems.csv', csv: PROBLEMS });
  await press(page, 'Check all rows');
  await at.look(finder);
  await press(page, 'Bring in all rows (2)');
  await page.goto(`${origin}/problems`);
  await press(page, 'Fewer missed appointments');
  await at.look(finder);
  assert.match(await text(finder), /Ideas until the end of Thursday 31 December 2099/);
  const problem = page.url();
  await press(page, 'Mask words');
  await at.look(finder);
  await fill(page, { 'Which words must not stand here?': 'nine people' });
  await choose(page, 'They tell who somebody is');
  await press(page, 'Continue');
  await at.look(finder);
  await page.goto(problem);
  await press(page, 'Tell an idea to this');
  await fill(page, { 'What is the problem?': 'Letters come too late.' });
  assert.ok(await field(page, 'This answers the problem “Fewer missed appointments”').isChecked());
}

journey('file', 'good rows of a spreadsheet come in, once', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const admin = await at.somebody(await sessionOf(at.browser, server, 'administrator'));
  await bringsPeopleIn(at, admin, server.origin);
  await bringsThemInAgain(at, admin);
  await throwsOneAway(at, admin);
  const finder = await at.somebody(await sessionOf(at.browser, server, 'finder'));
  await bringsProblemsIn(at, finder, server.origin);
});
