// The harness itself: a good page has no fault, and each bad page has the fault that was built into it.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { checkAnswered, checkPage, tell } from './checks.js';
import { BAD_PAGES, startSite } from './harness/site.js';
import { choose, chooseByKey, fill, goOn, picture, press, pressByKey, tabTo, typeInto } from './journeys/acts.js';
import { launchBrowser } from './launch.js';
import { CLICKED, clickedContext, narrowContext, withoutScripts } from './modes.js';
import { remember } from './replay.js';
import { startServer } from './server.js';

const HERE = import.meta.dirname;
const DOUBLE = join(HERE, 'harness', 'waymark-double.mjs');
let site;
let browser;

before(async () => {
  [site, browser] = await Promise.all([startSite(), launchBrowser()]);
});

after(async () => {
  await browser?.close();
  site?.server.close();
});

test('a good page has no fault', async () => {
  assert.equal(tell(await checkPage(browser, `${site.origin}/good`)), '');
});

test('a page that says it was not found has no fault when that was expected', async () => {
  assert.equal(tell(await checkPage(browser, `${site.origin}/nowhere`, { status: 404 })), '');
});

for (const [path, bad] of Object.entries(BAD_PAGES)) {
  test(`${path} has the fault “${bad.check}” (${bad.mode}) and no other kind`, async () => {
    const faults = await checkPage(browser, site.origin + path);
    const found = faults.filter((fault) => fault.check === bad.check && fault.mode === bad.mode);
    assert.ok(found.length > 0, `it was not found among: ${tell(faults) || 'nothing'}`);
    const kinds = new Set(faults.map((fault) => fault.check));
    assert.deepEqual([...kinds].sort(), [...new Set([bad.check, ...(bad.with ?? [])])].sort(), tell(faults));
  });
}

test('the page without scripts keeps what stands in noscript', () => {
  const html = '<p>a</p><script src="x"></script><noscript><p>b</p></noscript><script>c()</script >';
  assert.equal(withoutScripts(html), '<p>a</p><p>b</p>');
});

test('without scripts no script runs, and a redirect is followed with its cookie', async () => {
  const context = await narrowContext(browser);
  const page = await context.newPage();
  await page.goto(`${site.origin}/moved`);
  assert.equal(new URL(page.url()).pathname, '/good');
  assert.equal(await page.locator('main').getAttribute('data-script'), null);
  assert.deepEqual((await context.cookies()).map(({ name }) => name), ['seen']);
  await context.close();
});

test('a form is filled by its labels and sent by its button', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/good`);
  await fill(page, { 'What is it called?': 'A bed alarm' });
  await choose(page, 'My team');
  assert.equal(await page.locator('#name').inputValue(), 'A bed alarm');
  assert.ok(await page.locator('#few').isChecked());
  await press(page, 'Continue');
  assert.equal(await page.title(), 'Sent');
  await page.close();
});

test('a form is filled and sent with nothing but the keyboard', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/good`);
  await typeInto(page, { 'What is it called?': 'A bed alarm' });
  await chooseByKey(page, 'My team');
  assert.equal(await page.locator('#name').inputValue(), 'A bed alarm');
  assert.ok(await page.locator('#few').isChecked());
  await pressByKey(page, 'Continue');
  assert.equal(await page.title(), 'Sent');
  await page.close();
});

test('what Tab cannot reach is told with what it met', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/good`);
  await assert.rejects(tabTo(page, page.locator('h1')), /Tab never reached .*Continue/s);
  await page.close();
});

test('a picture is kept only where a folder is named', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-pictures-'));
  const page = await browser.newPage();
  await page.goto(`${site.origin}/good`);
  assert.equal(await picture(page, 'good', {}), null);
  assert.ok(existsSync(await picture(page, 'good', { WAYMARK_SCREENSHOTS: join(folder, 'new') })));
  await page.close();
  rmSync(folder, { recursive: true });
});

test('a server is started, filled and gone afterwards with its folder', async () => {
  process.env.WAYMARK_BIN = DOUBLE;
  const server = await startServer({ demo: true });
  assert.ok(existsSync(join(server.folder, 'waymark.db')));
  assert.equal((await fetch(`${server.origin}/good`)).status, 200);
  await server.stop();
  assert.ok(!existsSync(server.folder));
  assert.throws(() => process.kill(server.pid, 0), { code: 'ESRCH' });
});

test('a server that ends at once is told with what it said', async () => {
  process.env.WAYMARK_BIN = DOUBLE;
  process.env.DOUBLE_FAILS = '1';
  try {
    await assert.rejects(startServer(), /ended.*the database is gone/s);
  } finally {
    delete process.env.DOUBLE_FAILS;
  }
});

test('what a form was answered is looked at as it was answered', async () => {
  const page = await browser.newPage();
  const { answer } = remember(page);
  await page.goto(`${site.origin}/asked`);
  assert.equal(tell(await checkAnswered(browser, await answer())), '');
  await press(page, 'Send');
  const kinds = new Set((await checkAnswered(browser, await answer())).map(({ check, mode }) => `${check} ${mode}`));
  // No rule of colours is broken, and no other one is looked at twice in the same window.
  assert.deepEqual([...kinds], ['axe wide', 'html wide', 'axe 320 px without script']);
  await page.close();
});

test('whoever turned scripts off can click through', async () => {
  const context = await narrowContext(browser, undefined, { script: false });
  const page = await context.newPage();
  await page.goto(`${site.origin}/good`);
  assert.equal(await page.locator('main').getAttribute('data-script'), null);
  await press(page, 'Continue');
  assert.equal(await page.title(), 'Sent');
  await context.close();
});

for (const [mode, { viewport, forcedColors, javaScriptEnabled = true }] of Object.entries(CLICKED)) {
  test(`whoever clicks through meets the pages as they are met: ${mode}`, async () => {
    const context = await clickedContext(browser, mode);
    const page = await context.newPage();
    await page.goto(`${site.origin}/good`);
    const ran = (await page.locator('main').getAttribute('data-script')) === 'ran';
    const met = await page.evaluate(() => [innerWidth, matchMedia('(forced-colors: active)').matches]);
    assert.deepEqual([ran, ...met], [javaScriptEnabled, viewport.width, forcedColors === 'active']);
    await context.close();
  });
}

test('whoever goes on is stopped by what sticks out sideways', async () => {
  const context = await clickedContext(browser, '320 px');
  const page = await context.newPage();
  await page.setContent(`<a href="${site.origin}/fixed-width">On</a>`);
  await assert.rejects(goOn(page, 'On'), /px in a window of 320 px/);
  await context.close();
});

test('Tab does not go on from where nobody can see that it is', async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/no-focus`);
  await assert.rejects(pressByKey(page, 'Go'), /The focus cannot be seen on button “Go”/);
  await page.close();
});

async function runTest(file, settings) {
  // The runner marks its children by this name; a test file started with it would report to nobody.
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const options = { cwd: HERE, env: { ...env, WAYMARK_BIN: DOUBLE, WAYMARK_PEOPLE: 'anyone', ...settings } };
  const run = promisify(execFile)(process.execPath, ['--test', file], options);
  return run.then(({ stdout }) => ({ passed: true, stdout }), ({ stdout }) => ({ passed: false, stdout }));
}

test('the test of all pages passes when all are good', async () => {
  const { passed, stdout } = await runTest('pages.test.js', { DOUBLE_SAMPLE: '/sent' });
  assert.ok(passed, stdout);
});

test('the test of all pages fails and names the page when one is bad', async () => {
  const { passed, stdout } = await runTest('pages.test.js', { DOUBLE_SAMPLE: '/no-label' });
  assert.equal(passed, false);
  assert.match(stdout, /bad as anyone/);
  assert.match(stdout, /axe \(wide\): label/);
});

test('the test of all pages fails and names the page when one is left to nobody', async () => {
  const { passed, stdout } = await runTest('pages.test.js', { DOUBLE_UNSEEN: 'Forgotten' });
  assert.equal(passed, false);
  assert.match(stdout, /no page was left out/);
  assert.match(stdout, /'Forgotten'/);
});

test('a journey that looks at all that is left to it passes', async () => {
  const { passed, stdout } = await runTest('harness/journey.js', { JOURNEY_LEFT: 'good' });
  assert.ok(passed, stdout);
});

test('a journey fails that never looks at a page which is left to it', async () => {
  const { passed, stdout } = await runTest('harness/journey.js', { JOURNEY_LEFT: 'good,bad' });
  assert.equal(passed, false);
  assert.match(stdout, /never looked at[\s\S]*'bad'/);
});

test('a journey is clicked through once in each mode', async () => {
  const { passed, stdout } = await runTest('harness/journey.js', { JOURNEY_LEFT: 'good', JOURNEY_CLICKS: '/good' });
  assert.ok(passed, stdout);
  for (const mode of Object.keys(CLICKED)) assert.ok(stdout.includes(`clicked: ${mode}`), stdout);
});

test('a journey fails that cannot be clicked through', async () => {
  const { passed, stdout } = await runTest('harness/journey.js', { JOURNEY_LEFT: 'good', JOURNEY_CLICKS: '/sent' });
  assert.equal(passed, false, stdout);
  for (const mode of Object.keys(CLICKED)) assert.ok(stdout.includes(`clicked: ${mode}`), stdout);
});

test('a journey fails that meets a bad page', async () => {
  const { passed, stdout } = await runTest('harness/journey.js', { JOURNEY_LEFT: 'good', JOURNEY_GOES_TO: '/no-label' });
  assert.equal(passed, false);
  assert.match(stdout, /axe \(wide\): label/);
});
