// A journey: what people do one after the other, with a look at each page that they meet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAnswered, tell } from '../checks.js';
import { routeOf } from '../crawl.js';
import { launchBrowser } from '../launch.js';
import { CLICKED, clickedContext, narrowContext, wideContext } from '../modes.js';
import { remember } from '../replay.js';
import { runForJson } from '../server.js';
import { picture } from './acts.js';
import { LEFT_TO } from './pages.js';

const WITHIN_MS = 600_000;
const MODES = Object.keys(CLICKED);

/** Somebody at a browser of their own: `page` is before them, `answer()` what the server answered them last. */
async function arrive(context) {
  const page = await context.newPage();
  return { context, page, answer: remember(page).answer };
}

class Journey {
  #routes;
  #pictures = 0;
  seen = new Set();
  faults = [];

  constructor(name, browser, routes) {
    this.name = name;
    this.browser = browser;
    this.#routes = routes;
  }

  /** Somebody at a wide window; `session` is the storage state of somebody who has signed in. */
  async somebody(session) {
    return arrive(await wideContext(this.browser, session));
  }

  /** Somebody with a telephone 320 px wide on which no script runs at all. */
  async somebodyWithPhone() {
    return arrive(await narrowContext(this.browser, undefined, { script: false }));
  }

  /**
   * Clicks through a part of the journey once in each mode. `walk` gets what is the journey there: `mode` by its name,
   * `somebody(session)` with a window of that mode, `look`. A look is in all modes already, so only the first walk looks.
   */
  async inEachMode(t, walk) {
    for (const mode of MODES) await t.test(`clicked: ${mode}`, () => this.#clicks(mode, walk));
  }

  async #clicks(mode, walk) {
    const contexts = [];
    const somebody = async (session) => {
      contexts.push(await clickedContext(this.browser, mode, session));
      return arrive(contexts.at(-1));
    };
    const look = (person) => (mode === MODES[0] ? this.look(person) : null);
    try {
      await walk({ mode, somebody, look });
    } finally {
      await Promise.all(contexts.map((context) => context.close()));
    }
  }

  /** Looks at the page that somebody has before them, in all modes. */
  async look(person) {
    const answer = await person.answer();
    const { pathname } = new URL(answer.url);
    const route = routeOf(pathname, this.#routes)?.name ?? 'nowhere';
    this.seen.add(route);
    this.#pictures += 1;
    const name = `${this.name}-${String(this.#pictures).padStart(2, '0')}-${route}`;
    const faults = await checkAnswered(this.browser, answer, {
      session: await person.context.storageState(),
      picture: (page, width) => picture(page, `${name}-${width}`),
    });
    if (faults.length > 0) this.faults.push(`${pathname}\n${tell(faults)}`);
  }
}

/**
 * Tries a journey. `body` gets it and does what people do; afterwards every page that is left to it must have been
 * looked at, and none may have had a fault.
 */
export function journey(name, does, body, left = LEFT_TO[name]) {
  test(`${name}: ${does}`, { timeout: WITHIN_MS }, async (t) => {
    const routes = await runForJson(['routes', '--json']);
    const browser = await launchBrowser();
    t.after(() => browser.close());
    const going = new Journey(name, browser, routes);
    await body(going, t);
    assert.equal(going.faults.join('\n\n'), '');
    const missed = left.filter((page) => !going.seen.has(page));
    assert.deepEqual(missed, [], 'pages that are left to this journey, and that it never looked at');
  });
}
