// What must hold for every page, whoever wrote it. Each check gives a list of faults: { check, mode, detail }.
import { AxeBuilder } from '@axe-core/playwright';
import { focusFaults } from './focus.js';
import { htmlFaults } from './html.js';
import { sidewaysFaults, tableFaults, textSizeFaults } from './layout.js';
import { linkFaults } from './links.js';
import { withoutScripts } from './modes.js';
import { replay } from './replay.js';
import { watch } from './watch.js';
import { inWindow } from './windows.js';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
// All rules of axe about colours at these levels.
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

function axeDetail(violation) {
  const where = violation.nodes.slice(0, 3).map((node) => node.target.join(' '));
  const more = violation.nodes.length > where.length ? ` and ${violation.nodes.length - where.length} more` : '';
  return `${violation.id}: ${violation.help} at ${where.join(', ')}${more}`;
}

async function axeViolations(page, choose) {
  // Legacy mode stays in the page; the other one opens a second page for each run.
  const { violations } = await choose(new AxeBuilder({ page }).setLegacyMode(true)).analyze();
  return violations.map((violation) => ({ check: 'axe', detail: axeDetail(violation) }));
}

const inMode = (mode, faults) => faults.map((fault) => ({ ...fault, mode }));

/** Faults that axe finds under WCAG 2.0 to 2.2, levels A and AA. */
export function axeFaults(page) {
  return axeViolations(page, (axe) => axe.withTags(TAGS));
}

/** The same where nothing but the colours differs from a page that was looked at whole. */
function axeColourFaults(page) {
  return axeViolations(page, (axe) => axe.withRules(COLOUR_RULES));
}

/** Opens the address; a page that answers otherwise than expected is itself a fault. */
async function open(page, url, status) {
  const answer = await page.goto(url, { waitUntil: 'load' });
  const got = answer.status();
  const faults = got === status ? [] : [{ check: 'status', detail: `answered ${got}, expected ${status}` }];
  return { answer, faults };
}

async function wideAndForcedColours(page, url, { status, html, answered, picture }) {
  if (answered) await replay(page, answered);
  const seen = watch(page, url);
  const { answer, faults } = await open(page, url, status);
  const wide = [...faults, ...(await axeFaults(page)), ...(await sidewaysFaults(page)), ...(await linkFaults(page))];
  await picture(page, 'wide');
  wide.push(...(await tableFaults(page)), ...(await focusFaults(page)));
  if (html) wide.push(...(await htmlFaults(await answer.text())));
  await page.emulateMedia({ forcedColors: 'active' });
  const forced = [...(await axeColourFaults(page)), ...(await sidewaysFaults(page))];
  await page.emulateMedia({ forcedColors: 'none' });
  const large = await textSizeFaults(page);
  wide.push(...(await seen.faults()));
  return [...inMode('wide', wide), ...inMode('forced colours', forced), ...inMode('200 % text', large)];
}

async function narrowWithoutScript(page, url, { status, answered, picture }) {
  if (answered) await replay(page, answered, withoutScripts);
  const seen = watch(page, url);
  const { faults } = await open(page, url, status);
  await picture(page, 'narrow');
  faults.push(...(await axeFaults(page)), ...(await sidewaysFaults(page)), ...(await tableFaults(page)));
  faults.push(...(await seen.faults()));
  return inMode('320 px without script', faults);
}

const noPicture = () => null;

/** The faults of a page as somebody has it before them, in all modes, whatever it took to get there. */
export function checkAnswered(browser, answered, options = {}) {
  return checkPage(browser, answered.url, { status: answered.status, ...options, answered });
}

/**
 * All faults of one page in all modes. `session` is a storage state, `status` the status that the page should have,
 * `html: false` leaves out the check of the markup (for answers that are not ours to write). `answered` is what `url`
 * answered before (see `replay.js`) and answers again; `picture` is called with the page and the name of its width.
 */
export async function checkPage(browser, url, { session, status = 200, html = true, answered, picture = noPicture } = {}) {
  const options = { status, html, answered, picture };
  return [
    ...(await inWindow(browser, 'wide', session, (page) => wideAndForcedColours(page, url, options))),
    ...(await inWindow(browser, 'narrow', session, (page) => narrowWithoutScript(page, url, options))),
  ];
}

/** The faults as lines to read in a failed test. */
export function tell(faults) {
  return faults.map(({ check, mode, detail }) => `${check} (${mode}): ${detail}`).join('\n');
}
