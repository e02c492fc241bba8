// Words that are for somebody else, typed as an idea.
import assert from 'node:assert/strict';
import { choose, fill, press } from './acts.js';

const WORDS = 'The night nurse signs for drugs that nobody gave and told us to say nothing.';

/** Types words that are for somebody else, as far as the question whether they are. */
export async function isAsked({ page }, origin) {
  await page.goto(`${origin}/tell`);
  await fill(page, { 'What is the problem?': WORDS });
  await choose(page, 'I do not know yet');
  await choose(page, 'I work on the front line');
  await press(page, 'Continue');
  assert.match(page.url(), /\/door$/);
}
