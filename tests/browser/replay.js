// Shows again what was answered to somebody, in any context and as often as wanted: the answer to a form that was sent,
// a link that works once, a page that will be another when it is asked for next.

// How the answer travelled, and the session that it set: neither is the page.
const LEFT_OUT = new Set(['content-encoding', 'content-length', 'transfer-encoding', 'set-cookie', 'date']);

/** Keeps what a page was answered last: `answer()` gives `{ url, status, headers, body }`. */
export function remember(page) {
  let last = null;
  page.on('response', (response) => {
    const isRedirect = response.status() >= 300 && response.status() < 400;
    const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
    if (isPage && !isRedirect) last = response;
  });
  const answer = async () => {
    if (!last) throw new Error('Nothing was opened yet.');
    const headers = Object.entries(await last.allHeaders()).filter(([name]) => !LEFT_OUT.has(name));
    return { url: last.url(), status: last.status(), headers: Object.fromEntries(headers), body: await last.text() };
  };
  return { answer };
}

/** Answers the address with what was answered before, in this page; with `change`, with the markup as that makes it. */
export async function replay(page, { url, status, headers, body }, change = (html) => html) {
  const address = url.split('#')[0];
  await page.route(
    (asked) => asked.href.split('#')[0] === address,
    (route) => route.fulfill({ status, headers, body: change(body) }),
  );
}
