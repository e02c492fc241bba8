// Finds and starts the Chromium that is installed; none is ever downloaded.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

// No sandbox: the tests run as root in a container. The rest keeps the browser from talking to anybody else.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The path of the browser: WAYMARK_CHROMIUM when set, else the first known name on PATH. */
export function browserPath(env = process.env) {
  if (env.WAYMARK_CHROMIUM) return env.WAYMARK_CHROMIUM;
  const folders = (env.PATH ?? '').split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (!found) throw new Error('No Chromium on PATH: install Debian’s package chromium, or set WAYMARK_CHROMIUM.');
  return found;
}

/** Starts the browser; the caller closes it. */
export function launchBrowser() {
  return chromium.launch({ executablePath: browserPath(), headless: true, args: FLAGS, timeout: 60_000 });
}
