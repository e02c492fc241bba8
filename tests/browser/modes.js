// The ways in which people meet a page, two to a load: a wide window, then the same in forced colours; and 320 px
// wide with every script refused.

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 320, height: 640 };

const SCRIPT = /<script\b[^>]*>[\s\S]*?<\/script\s*>/gi;
const NOSCRIPT = /<\/?noscript\b[^>]*>/gi;

/** The page as a browser without scripts shows it. */
export function withoutScripts(html) {
  return html.replace(SCRIPT, '').replace(NOSCRIPT, '');
}

async function answerWithoutScripts(route) {
  const answer = await route.fetch({ maxRedirects: 0 });
  if (!/^text\/html/.test(answer.headers()['content-type'] ?? '')) return route.fulfill({ response: answer });
  return route.fulfill({ response: answer, body: withoutScripts(await answer.text()) });
}

/**
 * Refuses the page's own scripts, inline ones too. By routing, because axe never returns in a context that was made
 * with `javaScriptEnabled: false`: what the tests themselves evaluate must still run.
 */
export async function refuseScripts(context) {
  await context.route('**/*', (route) => {
    const kind = route.request().resourceType();
    if (kind === 'script') return route.abort();
    if (kind === 'document' && route.request().method() === 'GET') return answerWithoutScripts(route);
    return route.fallback();
  });
}

/** The ways in which whole journeys are clicked through; without script on a window as narrow as a telephone's. */
export const CLICKED = {
  desktop: { viewport: WIDE },
  '320 px': { viewport: NARROW },
  'forced colours': { viewport: WIDE, forcedColors: 'active' },
  'without script': { viewport: NARROW, javaScriptEnabled: false },
};

/** A context for somebody who clicks through a journey in one of these ways. */
export function clickedContext(browser, mode, session) {
  return browser.newContext({ ...CLICKED[mode], storageState: session });
}

/** A context for a wide window; `session` is a storage state with the cookies of somebody signed in. */
export function wideContext(browser, session) {
  return browser.newContext({ viewport: WIDE, storageState: session });
}

/**
 * A context 320 px wide in which no script of the page runs. `script: false` turns scripts off altogether, as people do:
 * axe cannot look at such a page, and people can click through it.
 */
export async function narrowContext(browser, session, { script = true } = {}) {
  const context = await browser.newContext({ viewport: NARROW, storageState: session, javaScriptEnabled: script });
  if (script) await refuseScripts(context);
  return context;
}
