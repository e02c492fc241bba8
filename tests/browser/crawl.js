// Finds one page of each kind by following links, as each person in turn.

const MOST_PAGES = 250;

/** A route's pattern as an expression; what varies may be anything without a slash. */
function expression({ path }) {
  const parts = path.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}$`);
}

/** The route of a path: the one with the fewest things that vary, since `/tell/done` is no draft called `done`. */
export function routeOf(path, routes) {
  const varying = (route) => route.path.split('{').length;
  return routes.filter((route) => expression(route).test(path)).sort((one, other) => varying(one) - varying(other))[0];
}

function cookieOf(session) {
  return (session?.cookies ?? []).map(({ name, value }) => `${name}=${value}`).join('; ');
}

function linksOf(html, origin, at) {
  const found = [...html.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)].map(([, href]) => new URL(href.replaceAll('&amp;', '&'), origin + at));
  return found.filter((url) => url.origin === origin).map((url) => url.pathname + url.search);
}

/** Kinds of one route that are pages of their own: each act on a record, each answer. */
function keyOf(route, path) {
  const url = new URL(path, 'http://x');
  const act = route.path.includes('{act}') ? ` ${url.pathname.split('/').pop()}` : '';
  const answer = url.searchParams.get('answer');
  return `${route.name}${act}${answer ? ` ${answer}` : ''}`;
}

/** Gives `{ key, name, as, path }` of the first page of each kind that answers 200 with HTML. */
export async function crawl(origin, routes, sessions) {
  const found = new Map();
  const still = routes.filter((route) => !route.path.includes('{')).map((route) => route.path);
  for (const [as, session] of sessions) {
    const queue = [...still];
    const asked = new Set();
    for (let path = queue.shift(); path !== undefined && asked.size < MOST_PAGES; path = queue.shift()) {
      const route = routeOf(path.split('?')[0], routes);
      if (!route || asked.has(path)) continue;
      asked.add(path);
      const response = await fetch(origin + path, { headers: { cookie: cookieOf(session) }, redirect: 'manual' });
      const isPage = response.status === 200 && (response.headers.get('content-type') ?? '').startsWith('text/html');
      if (!isPage) continue;
      const key = keyOf(route, path);
      if (!found.has(key)) found.set(key, { key, name: route.name, as, path });
      const links = linksOf(await response.text(), origin, path);
      // New kinds of pages first: there are many records, and one of each kind is enough.
      const isNew = (link) => {
        const to = routeOf(link.split('?')[0], routes);
        return to && !found.has(keyOf(to, link));
      };
      queue.unshift(...links.filter(isNew));
      queue.push(...links.filter((link) => !isNew(link)));
    }
  }
  return [...found.values()];
}
