// Starts the certified OpenID Connect provider of tests/oidc for one server, and ends it by its process id.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { end } from './server.js';

const PROGRAM = join(import.meta.dirname, '..', 'oidc', 'provider.js');
const READY_WITHIN_MS = 30_000;

/** What stands on the button after “Sign in with”. */
export const LABEL = 'Riverside ID';

/** Where a provider at a port is found. */
export const issuerAt = (port) => `http://127.0.0.1:${port}`;

/** What the server is told of a provider at a port, whether it is there yet or not. */
export function settingsFor(port) {
  return {
    WAYMARK_OIDC_ISSUER: issuerAt(port),
    WAYMARK_OIDC_CLIENT_ID: 'waymark',
    WAYMARK_OIDC_CLIENT_SECRET: 'a secret of tests: %+/',
    WAYMARK_OIDC_LABEL: LABEL,
  };
}

async function untilReady(child, { ready, logFile }) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!existsSync(ready)) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > deadline) {
      const log = readFileSync(logFile, 'utf8').trim() || '(nothing)';
      throw new Error(`The provider ${ended ? 'ended' : 'was not ready in time'}. It said:\n${log}`);
    }
    await pause(50);
  }
}

/** Starts a provider at a port whose client is the server; the caller calls `stop()`. */
export async function startProvider({ origin, folder }, port) {
  const [ready, logFile] = [join(folder, 'issuer'), join(folder, 'provider.log')];
  const log = createWriteStream(logFile);
  await once(log, 'open');
  const args = [PROGRAM, ready, origin, String(port)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', log, log] });
  await once(child, 'spawn');
  const stop = () => end(child);
  try {
    await untilReady(child, { ready, logFile });
  } catch (fault) {
    await stop();
    throw fault;
  }
  return { stop };
}
