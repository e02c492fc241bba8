// Signs in the people of the demonstration.
import { fill, press } from './journeys/acts.js';

/** What the list of routes calls somebody who is not signed in. */
export const ANYONE = 'anyone';

const SIGN_IN = { path: '/sign-in', email: 'Work mail address', password: 'Password', button: 'Sign in' };

/**
 * Signs somebody in by the form and gives their session as a storage state; nothing for `anyone`.
 * `as` is a kind of person that the demonstration has: member, team-lead, finder, administrator.
 */
export async function sessionOf(browser, { origin, accounts }, as) {
  if (as === ANYONE) return undefined;
  const account = accounts.find((each) => each.as === as);
  if (!account) throw new Error(`The demonstration has nobody who is “${as}”.`);
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.goto(origin + SIGN_IN.path);
    await fill(page, { [SIGN_IN.email]: account.email, [SIGN_IN.password]: account.password });
    await press(page, SIGN_IN.button);
    if (new URL(page.url()).pathname === SIGN_IN.path) throw new Error(`Signing in as ${as} stayed on ${SIGN_IN.path}.`);
    return await context.storageState();
  } finally {
    await context.close();
  }
}
