// Signing in at a provider: what is said where it comes to nothing, a first sign-in that makes a member, a second factor
// where a role asks for it, and signing out here and there.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { LABEL, issuerAt, settingsFor, startProvider } from '../provider.js';
import { freePort, startServer } from '../server.js';
import { choose, field, fill, goOn, press } from './acts.js';
import { secretOn, shown } from './factor.js';
import { journey } from './journey.js';
import { wallLink } from './places.js';
import { passesBy } from './similar.js';

const HOST = 'aldermere.example.org';
// In each mode: who signs in for the first time, and whose role needs a second factor.
const PEOPLE = {
  desktop: { newcomer: 'nia', decider: 'declan-moyo' },
  '320 px': { newcomer: 'owen', decider: 'kieran-marsh' },
  'forced colours': { newcomer: 'mair', decider: 'cathal-renwick' },
  'without script': { newcomer: 'ifan', decider: 'shazia-bellamy' },
};
const THERE = `Sign in with ${LABEL}`;
const ADDRESS_THERE = 'Your address';

const main = (page) => page.locator('main').textContent();

/** Says at the provider who one is, and comes back. */
async function saysWho(page, mail) {
  await fill(page, { [ADDRESS_THERE]: mail });
  await goOn(page, 'Sign in');
}

/** Asks for a page of ours, and goes to the provider from the page that asks who one is. */
async function leaves({ page }, address) {
  await page.goto(address);
  await goOn(page, THERE);
}

/** An administrator closes an account, names the host of new members, and asks for the second factor everywhere. */
async function prepares({ page }, origin) {
  await page.goto(`${origin}/admin`);
  const node = await page.locator('main a[href^="/admin/nodes/"]').first().getAttribute('href');
  await page.goto(`${origin}${node}/people?q=Priya%20Nadkarni`);
  await page.locator('main a[href$="/close"]').first().click();
  await page.waitForURL(/\/close$/);
  await press(page, 'Close account');
  await page.goto(`${origin}${node}/settings`);
  await fill(page, { 'Mail hosts of your staff': HOST });
  await choose(page, 'Required');
  await press(page, 'Save');
}

/** While the provider is away the way to it says so, and whoever cancels there comes back to the same words. */
async function comesToNothing(at, t, { server, port }) {
  const somebody = await at.somebody();
  const { page } = somebody;
  await page.goto(`${server.origin}/sign-in`);
  await at.look(somebody);
  await goOn(page, THERE);
  assert.match(await main(page), /Signing in there did not work/);
  await at.look(somebody);
  const provider = await startProvider(server, port);
  t.after(() => provider.stop());
  await goOn(page, 'Go to the sign-in page');
  await goOn(page, THERE);
  await press(page, 'Cancel');
  assert.match(await main(page), /Signing in there did not work/);
  await at.look(somebody);
}

/** Who is not let in is told why. */
async function isNotLetIn(at, origin) {
  const refused = [
    ['mo@nowhere.example', /no organisation here knows its host/],
    [`gwen@${HOST}?unverified`, /nobody has confirmed that this address is yours/],
    [`priya.nadkarni@${HOST}`, /Your account is closed/],
  ];
  for (const [mail, words] of refused) {
    const somebody = await at.somebody();
    await leaves(somebody, `${origin}/me`);
    await saysWho(somebody.page, mail);
    assert.match(await main(somebody.page), words);
    await at.look(somebody);
  }
}

/** Whoever typed something first waits with it. */
async function waits(at, wall) {
  const phone = await at.somebodyWithPhone();
  const { page } = phone;
  await page.goto(wall);
  await fill(page, { 'What is the problem?': 'The door sticks.', 'What would you do?': 'Plane it.' });
  await choose(page, 'I work on the front line');
  await goOn(page, 'Continue');
  await passesBy(phone);
  await goOn(page, 'Sign in');
  await goOn(page, THERE);
  await saysWho(page, 'mo@nowhere.example');
  assert.match(await main(page), /What you typed is kept, but not sent yet/);
  await at.look(phone);
}

/** Signs out here, and reads that the provider still knows who one is. */
async function signsOutHere({ page }) {
  await goOn(page, 'Sign out');
  assert.match(await main(page), new RegExp(`You are still signed in at ${LABEL}`));
}

async function signsOutThere({ page }, origin) {
  await goOn(page, `Sign out at ${LABEL}`);
  await goOn(page, 'Yes, sign me out');
  assert.equal(page.url(), `${origin}/`);
}

/** The first sign-in makes a member of somebody whose host the place knows. */
async function becomesAMember(there, origin) {
  const somebody = await there.somebody();
  const mail = `${PEOPLE[there.mode].newcomer}@${HOST}`;
  await leaves(somebody, `${origin}/me`);
  await saysWho(somebody.page, mail);
  assert.equal(somebody.page.url(), `${origin}/me`);
  assert.ok((await main(somebody.page)).includes(mail));
  await signsOutHere(somebody);
  await there.look(somebody);
  await signsOutThere(somebody, origin);
}

/** Whose role asks for it sets a second factor up on the way to where they wanted to go. */
async function setsItUp({ page }, { origin, mail }) {
  await saysWho(page, mail);
  assert.equal(page.url(), `${origin}/me/second-factor?back=/work`);
  await goOn(page, 'Set it up');
  const secret = await secretOn(page);
  await fill(page, { 'Code that the app shows now': shown(secret) });
  await goOn(page, 'Confirm');
  await goOn(page, 'I have kept them');
  assert.equal(page.url(), `${origin}/work`);
  return secret;
}

/** Signed out here alone, one press leads back as far as the code; signed out there, too, the provider asks anew. */
async function showsIt(decider, { origin, secret }) {
  const { page } = decider;
  await signsOutHere(decider);
  await leaves(decider, `${origin}/work`);
  assert.equal(page.url(), `${origin}/sign-in/code?back=/work`);
  await fill(page, { 'Code from your app, or a recovery code': shown(secret, 1) });
  await goOn(page, 'Continue');
  assert.equal(page.url(), `${origin}/work`);
  await signsOutHere(decider);
  await signsOutThere(decider, origin);
  await leaves(decider, `${origin}/work`);
  assert.ok(await field(page, ADDRESS_THERE).isVisible());
}

journey('provider', 'signing in elsewhere, with a second factor', async (at, t) => {
  const port = await freePort();
  const server = await startServer({ demo: true, settings: settingsFor(port) });
  t.after(() => server.stop());
  const { origin, accounts } = server;
  const wall = await wallLink(origin, await sessionOf(at.browser, server, 'member'));
  await prepares(await at.somebody(await sessionOf(at.browser, server, 'administrator')), origin);
  await comesToNothing(at, t, { server, port });
  await isNotLetIn(at, origin);
  await waits(at, wall);
  await at.inEachMode(t, async (there) => {
    await becomesAMember(there, origin);
    const decider = await there.somebody();
    const { email: mail } = accounts.find(({ as }) => as === PEOPLE[there.mode].decider);
    await leaves(decider, `${origin}/work`);
    assert.ok(decider.page.url().startsWith(issuerAt(port)));
    const secret = await setsItUp(decider, { origin, mail });
    await showsIt(decider, { origin, secret });
  });
});
