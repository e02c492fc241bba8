// A journey through the site of the harness, told by its settings where to go, what is left to it, and whether it is
// clicked through.
import assert from 'node:assert/strict';
import { goOn, named } from '../journeys/acts.js';
import { journey } from '../journeys/journey.js';
import { startSite } from './site.js';

const { JOURNEY_LEFT, JOURNEY_GOES_TO = '/good', JOURNEY_CLICKS } = process.env;

journey('harness', 'goes to one page', async (at, t) => {
  const site = await startSite();
  t.after(() => site.server.close());
  const somebody = await at.somebody();
  await somebody.page.goto(site.origin + JOURNEY_GOES_TO);
  await at.look(somebody);
  if (!JOURNEY_CLICKS) return;
  await at.inEachMode(t, async (there) => {
    const { page } = await there.somebody();
    await page.goto(site.origin + JOURNEY_CLICKS);
    assert.equal(await named(page, 'Continue').count(), 1);
    await goOn(page, 'Continue');
  });
}, JOURNEY_LEFT.split(','));
