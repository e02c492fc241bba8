// A site of a few pages, one good and the others each with one fault, to prove that the checks find it.
import { once } from 'node:events';
import { createServer } from 'node:http';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'";

const GOOD_STYLE = `
  body { margin: 1rem; font: 1rem/1.5 sans-serif; color: #111; background: #fff; }
  label, input, button { display: block; font: inherit; margin-bottom: 1rem; }
  input, button { max-width: 100%; min-height: 2.5rem; }
  a { display: inline-block; padding: 0.5rem 0; color: #124; }
  :focus-visible { outline: 4px solid #111; outline-offset: 2px; }`;

const STYLES = {
  '/good.css': GOOD_STYLE,
  '/no-focus.css': `${GOOD_STYLE} .quiet:focus { outline: none; box-shadow: none; }`,
  '/pixels.css': `${GOOD_STYLE} .stiff { font-size: 16px; }`,
  '/cut.css': `${GOOD_STYLE} .box { width: 9rem; height: 80px; overflow: hidden; line-height: 1.5; }`,
  '/fixed.css': `${GOOD_STYLE} .wide { width: 700px; }`,
  '/row.css': `${GOOD_STYLE} .row { width: 45rem; }`,
  '/pale.css': `${GOOD_STYLE} .pale { color: #aaa; }`,
  '/letters.css': `${GOOD_STYLE} td, th { overflow-wrap: anywhere; }`,
  '/forced.css': `${GOOD_STYLE} @media (forced-colors: active) { .wide { width: 3000px; } }`,
};

const SCRIPTS = {
  '/good.js': 'document.querySelector("main").dataset.script = "ran";',
  '/log.js': 'console.log("left from debugging");',
  '/throws.js': 'throw new Error("broken on load");',
  '/hides.js': 'document.querySelector(".wide").remove();',
};

function page({ main, style = '/good.css', script = '/good.js', lang = 'en', title = 'A page', extra = '' }) {
  return `<!DOCTYPE html>
<html${lang ? ` lang="${lang}"` : ''}>
<head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><link rel="stylesheet" href="${style}"></head>
<body><main><h1>${title}</h1>${main}</main>${extra}<script src="${script}"></script></body>
</html>`;
}

const FORM = `<div role="alert"><h2>There is a problem</h2><a href="#name">Say what it is called</a></div>
<form method="post" action="/sent">
<label for="name">What is it called?</label><input id="name" name="name" type="text">
<fieldset><legend>Who may read it?</legend>
<input id="all" type="radio" name="reader" value="all"><label for="all">Everybody</label>
<input id="few" type="radio" name="reader" value="few"><label for="few">My team</label></fieldset>
<button type="submit">Continue</button></form><p><a href="/sent">Read about sending</a></p>`;

/** Path → what is wrong there. `check` and `mode` say which fault must be found; nothing else may be. */
export const BAD_PAGES = {
  '/no-label': { main: '<input type="text" name="a">', check: 'axe', mode: 'wide', with: ['html'] },
  '/no-language': { main: '<p>Text.</p>', lang: '', check: 'axe', mode: 'wide', with: ['html'] },
  '/pale': { main: '<p class="pale">Hard to read.</p>', style: '/pale.css', check: 'axe', mode: 'wide' },
  '/fixed-width': { main: '<div class="wide">Wide.</div>', style: '/fixed.css', check: 'sideways', mode: '320 px without script' },
  '/forced-width': { main: '<div class="wide">Wide.</div>', style: '/forced.css', check: 'sideways', mode: 'forced colours' },
  '/needs-script': {
    main: '<div class="wide">Only a script takes this away.</div>',
    style: '/fixed.css',
    script: '/hides.js',
    check: 'sideways',
    mode: '320 px without script',
  },
  '/log': { main: '<p>Text.</p>', script: '/log.js', check: 'console', mode: 'wide' },
  '/throws': { main: '<p>Text.</p>', script: '/throws.js', check: 'console', mode: 'wide' },
  '/missing-script': { main: '<p>Text.</p>', script: '/nowhere.js', check: 'console', mode: 'wide' },
  '/inline-style': { main: '<p style="margin: 0">Text.</p>', check: 'csp', mode: 'wide', with: ['console', 'html'] },
  '/inline-script': {
    main: '<p>Text.</p>',
    extra: '<script>document.title = "x";</script>',
    check: 'csp',
    mode: 'wide',
    with: ['console'],
  },
  '/not-closed': { main: '<p>Text<div>More.</div></p>', check: 'html', mode: 'wide' },
  '/same-id': { main: '<p id="a">Text.</p><p id="a">Text.</p>', check: 'html', mode: 'wide' },
  '/pixels': { main: '<p class="stiff">Stays small.</p>', style: '/pixels.css', check: 'text size', mode: '200 % text' },
  '/cut': { main: '<div class="box">Half of this will be gone.</div>', style: '/cut.css', check: 'text size', mode: '200 % text' },
  '/letters': {
    main: `<table><thead><tr><th scope="col">Changed</th><th scope="col">What</th></tr></thead>
<tbody><tr><td>Now</td><td>${'A long story about a small thing. '.repeat(9)}</td></tr></tbody></table>`,
    style: '/letters.css',
    check: 'table',
    mode: '320 px without script',
  },
  '/row': { main: '<p class="row">Wide when large.</p>', style: '/row.css', check: 'sideways', mode: '200 % text' },
  '/no-focus': { main: '<button class="quiet" type="button">Go</button>', style: '/no-focus.css', check: 'focus', mode: 'wide' },
  '/link-to-nowhere': { main: '<p><a href="#missing">Go on</a></p>', check: 'links', mode: 'wide' },
  '/error-link': {
    main: '<div role="alert"><h2>There is a problem</h2><a href="#hint">Say what it is called</a></div><p id="hint">Hint.</p>',
    check: 'links',
    mode: 'wide',
  },
  '/same-errors': {
    main: `<div role="alert"><h2>There is a problem</h2><ul><li><a href="#a">Fill this in</a></li>
<li><a href="#b">Fill this in</a></li></ul></div><label for="a">Name</label><input id="a" name="a" type="text">
<label for="b">Place</label><input id="b" name="b" type="text">`,
    check: 'links',
    mode: 'wide',
  },
  '/gone': { main: '<p>Not here.</p>', status: 410, check: 'status', mode: 'wide' },
};

// What it answers to a form that was sent differs from what it answers to whoever opens it.
const ASKED = { main: '<form method="post" action="/asked"><button type="submit">Send</button></form>' };
const SENT_WRONG = { main: '<input type="text" name="a">', title: 'Error: A page', status: 422 };

const NOT_FOUND = { main: '<p>There is no such page.</p>', title: 'Page not found', status: 404 };
const PAGES = { '/good': { main: FORM }, '/sent': { main: '<p>Thank you.</p>', title: 'Sent' }, ...BAD_PAGES };

const shownAs = (shown) => [shown.status ?? 200, 'text/html', page(shown)];

function answer(request, response) {
  const path = new URL(request.url, 'http://site').pathname;
  const send = (status, type, body) => {
    response.writeHead(status, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': POLICY });
    response.end(body);
  };
  if (path === '/health/ready') return send(200, 'text/plain', 'ready');
  if (path === '/moved') return response.writeHead(303, { location: '/good', 'set-cookie': 'seen=yes; Path=/' }).end();
  if (STYLES[path]) return send(200, 'text/css', STYLES[path]);
  if (SCRIPTS[path]) return send(200, 'text/javascript', SCRIPTS[path]);
  if (path === '/asked') return send(...shownAs(request.method === 'POST' ? SENT_WRONG : ASKED));
  return send(...shownAs(PAGES[path] ?? NOT_FOUND));
}

/** Starts the site on 127.0.0.1; port 0 takes a free one. The caller closes `server`. */
export async function startSite(port = 0) {
  const server = createServer(answer).listen(port, '127.0.0.1');
  await once(server, 'listening');
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}
