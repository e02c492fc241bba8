// A journey through the site of the harness, told by its settings where to go and what is left to it.
import { journey } from '../journeys/journey.js';
import { startSite } from './site.js';

const { JOURNEY_LEFT, JOURNEY_GOES_TO = '/good' } = process.env;

journey('harness', 'goes to one page', async (at, t) => {
  const site = await startSite();
  t.after(() => site.server.close());
  const somebody = await at.somebody();
  await somebody.page.goto(site.origin + JOURNEY_GOES_TO);
  await at.look(somebody);
}, JOURNEY_LEFT.split(','));
