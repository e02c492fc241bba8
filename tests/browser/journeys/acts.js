// What a person does on a page, said as they would say it: by the words they read, never by class or id.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { seenFocus } from '../focus.js';
import { sidewaysFaults } from '../layout.js';

const WITHIN_MS = 10_000;
const MOST_TABS = 200;

/** The field with this label. */
export const field = (page, label) => page.getByLabel(label, { exact: true });

/** The button or the link of this name. */
export const named = (page, name) =>
  page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true }));

/** Fills the fields of a form: label → text. */
export async function fill(page, answers) {
  for (const [label, text] of Object.entries(answers)) await field(page, label).fill(text, { timeout: WITHIN_MS });
}

/** Chooses a radio or ticks a box by its label. */
export async function choose(page, label) {
  await field(page, label).check({ timeout: WITHIN_MS });
}

/** Presses the button or link of this name and waits for the page that follows. */
export async function press(page, name) {
  await Promise.all([page.waitForEvent('load', { timeout: WITHIN_MS }), named(page, name).click({ timeout: WITHIN_MS })]);
}

/** Goes on by a button or link; on the page that follows nothing may stick out sideways. */
export async function goOn(page, name) {
  await press(page, name);
  const [fault] = await sidewaysFaults(page);
  if (fault) throw new Error(`After “${name}”, ${page.url()}: ${fault.detail}`);
}

const describeFocus = () => {
  const el = document.activeElement;
  return `${el.localName} “${(el.labels?.[0]?.textContent ?? el.textContent ?? '').trim().slice(0, 40)}”`;
};

async function mustBeSeen(page) {
  const { name, isSeen } = await seenFocus(page);
  if (!isSeen) throw new Error(`The focus cannot be seen on ${name}.`);
}

/** Presses Tab until the element has the focus and shows it; fails with what was met when it never has. */
export async function tabTo(page, target) {
  await target.waitFor({ state: 'attached', timeout: WITHIN_MS });
  const met = [];
  for (let count = 0; count < MOST_TABS; count += 1) {
    if (await target.evaluate((el) => el === document.activeElement)) return mustBeSeen(page);
    await page.keyboard.press('Tab');
    met.push(await page.evaluate(describeFocus));
  }
  throw new Error(`Tab never reached ${target}. It met: ${[...new Set(met)].join(', ')}`);
}

/** Fills the fields with nothing but the keyboard: label → text. */
export async function typeInto(page, answers) {
  for (const [label, text] of Object.entries(answers)) {
    await tabTo(page, field(page, label));
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
  }
}

/** Chooses a radio with nothing but the keyboard: Tab to its group, arrows to the answer. */
export async function chooseByKey(page, label) {
  const wanted = field(page, label);
  const group = page.locator(`input[type=radio][name="${await wanted.getAttribute('name')}"]`);
  const current = group.and(page.locator(':checked'));
  await tabTo(page, (await current.count()) ? current : group.first());
  if (!(await current.count())) await page.keyboard.press('Space');
  for (let count = await group.count(); count > 0 && !(await wanted.isChecked()); count -= 1) {
    await page.keyboard.press('ArrowDown');
  }
  if (!(await wanted.isChecked())) throw new Error(`The arrow keys never reached “${label}”.`);
}

/** Ticks a box with nothing but the keyboard. */
export async function tickByKey(page, label) {
  await tabTo(page, field(page, label));
  await page.keyboard.press('Space');
}

/** Presses the button or link of this name with the Enter key and waits for the page that follows. */
export async function pressByKey(page, name) {
  await tabTo(page, named(page, name));
  await Promise.all([page.waitForEvent('load', { timeout: WITHIN_MS }), page.keyboard.press('Enter')]);
}

/** Keeps a picture of the whole page in the folder WAYMARK_SCREENSHOTS, when that is set. */
export async function picture(page, name, env = process.env) {
  if (!env.WAYMARK_SCREENSHOTS) return null;
  mkdirSync(env.WAYMARK_SCREENSHOTS, { recursive: true });
  const path = join(env.WAYMARK_SCREENSHOTS, `${name}.png`);
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  return path;
}
