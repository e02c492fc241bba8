// What is like an idea, on its way.
import { goOn, named } from './acts.js';

/** Passes by what is like it, where the form shows any. */
export async function passesBy({ page }) {
  if (!page.url().endsWith('/similar')) return;
  await goOn(page, (await named(page, 'Continue').count()) > 0 ? 'Continue' : 'Mine is different');
}
