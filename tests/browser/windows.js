// Windows to look at pages in, kept and used again: to start one, and what it runs, costs as much as to look at a page.
import { narrowContext, wideContext } from './modes.js';
import { prepare } from './watch.js';

const OPEN = { wide: wideContext, narrow: narrowContext };
const idle = new WeakMap();

function idleOf(browser) {
  if (!idle.has(browser)) idle.set(browser, { wide: [], narrow: [] });
  return idle.get(browser);
}

async function openWindow(browser, width) {
  const context = await OPEN[width](browser);
  const page = await context.newPage();
  await prepare(page);
  return page;
}

/** Whoever's window it was: it is now that of the person whose `session` (a storage state) is given, or of nobody. */
async function handOver(context, session) {
  await context.clearCookies();
  if (session?.cookies.length) await context.addCookies(session.cookies);
}

/** Calls `look` with a page, `wide` or `narrow` (without script), whose cookies are those of `session` alone. */
export async function inWindow(browser, width, session, look) {
  const windows = idleOf(browser)[width];
  const page = windows.pop() ?? (await openWindow(browser, width));
  try {
    await handOver(page.context(), session);
    const seen = await look(page);
    await page.unrouteAll({ behavior: 'wait' });
    windows.push(page);
    return seen;
  } catch (fault) {
    // What went wrong may stand in the window still.
    await page.context().close();
    throw fault;
  }
}
