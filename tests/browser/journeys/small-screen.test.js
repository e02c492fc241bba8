// An idea is told on a telephone 320 px wide on which no script runs, in English and in Welsh.
import assert from 'node:assert/strict';
import { sessionOf } from '../people.js';
import { startServer } from '../server.js';
import { choose, fill, goOn } from './acts.js';
import { journey } from './journey.js';
import { wallLink } from './places.js';

const IN_ENGLISH = {
  language: null,
  problem: 'What is the problem?',
  solution: 'What would you do?',
  origin: 'I work on the front line',
  goOn: 'Continue',
  missing: 'Say what the problem is',
  signIn: 'Sign in',
  mail: 'Work mail address',
  password: 'Password',
  send: 'Send it',
  receipt: /has it\. You hear by/,
};

const IN_WELSH = {
  language: 'Cymraeg',
  problem: 'Beth yw’r broblem?',
  solution: 'Beth fyddech chi’n ei wneud?',
  origin: 'Rwy’n gweithio ar y rheng flaen',
  goOn: 'Parhau',
  missing: 'Dywedwch beth yw’r broblem',
  signIn: 'Mewngofnodi',
  mail: 'Cyfeiriad e-bost gwaith',
  password: 'Cyfrinair',
  send: 'Ei anfon',
  receipt: /Mae gan .+ y syniad\. Cewch glywed erbyn/,
};

async function tells(at, phone, said, { email, password }) {
  const { page } = phone;
  await goOn(page, said.goOn);
  assert.ok(await page.getByRole('link', { name: said.missing }).isVisible());
  await at.look(phone);
  await fill(page, { [said.problem]: 'Mae’r drws yn glynu. The door sticks.', [said.solution]: 'Plane it.' });
  await choose(page, said.origin);
  await goOn(page, said.goOn);
  await at.look(phone);
  await goOn(page, said.signIn);
  await fill(page, { [said.mail]: email, [said.password]: password });
  await goOn(page, said.signIn);
  await goOn(page, said.send);
  assert.match(await page.locator('main').textContent(), said.receipt);
  await at.look(phone);
}

journey('small-screen', 'at 320 px without script, in English and in Welsh', async (at, t) => {
  const server = await startServer({ demo: true });
  t.after(() => server.stop());
  const account = server.accounts.find(({ as }) => as === 'member');
  const address = await wallLink(server.origin, await sessionOf(at.browser, server, 'member'));
  for (const said of [IN_ENGLISH, IN_WELSH]) {
    const phone = await at.somebodyWithPhone();
    await phone.page.goto(address);
    if (said.language) await goOn(phone.page, said.language);
    await tells(at, phone, said, account);
  }
});
