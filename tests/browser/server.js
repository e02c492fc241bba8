// Starts the program under test on a database of its own and a free port, and ends it by its process id.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const READY_WITHIN_MS = 30_000;
const ENDS_WITHIN_MS = 10_000;
const DEMO_WITHIN_MS = 300_000;
const LOG_LINES_SHOWN = 30;

/** The program to test, from WAYMARK_BIN; `make test` sets it. */
export function programPath(env = process.env) {
  if (!env.WAYMARK_BIN) throw new Error('WAYMARK_BIN must name the waymark program; `make test` sets it.');
  return env.WAYMARK_BIN;
}

/** A port that nobody listens on just now. */
export async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  listener.close();
  await once(listener, 'close');
  return port;
}

function environment(folder, port, settings) {
  return {
    ...process.env,
    ...settings,
    WAYMARK_DATABASE: `sqlite:${join(folder, 'waymark.db')}`,
    WAYMARK_LISTEN: `127.0.0.1:${port}`,
    WAYMARK_ORIGIN: `http://127.0.0.1:${port}`,
  };
}

/** Runs one subcommand to its end and gives what it printed. */
export async function runProgram(args, options = {}) {
  const { stdout } = await promisify(execFile)(programPath(), args, { maxBuffer: 64 * 1024 * 1024, ...options });
  return stdout;
}

/** Runs a subcommand that prints JSON and gives what that says. */
export async function runForJson(args, options) {
  const printed = await runProgram(args, options);
  try {
    return JSON.parse(printed);
  } catch {
    throw new Error(`waymark ${args.join(' ')} should print JSON but printed: ${printed.slice(0, 200) || '(nothing)'}`);
  }
}

async function answersReady(origin) {
  try {
    return (await fetch(`${origin}/health/ready`, { signal: AbortSignal.timeout(1000) })).ok;
  } catch {
    return false;
  }
}

async function untilReady(origin, child, logFile) {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await answersReady(origin))) {
    const ended = child.exitCode !== null || child.signalCode !== null;
    if (ended || Date.now() > deadline) {
      const log = readFileSync(logFile, 'utf8').trim().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
      throw new Error(`waymark serve ${ended ? 'ended' : 'was not ready in time'}. It said:\n${log || '(nothing)'}`);
    }
    await pause(50);
  }
}

/** Ends what was started, by its process id, and waits until it is gone. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), ENDS_WITHIN_MS);
  await gone;
  clearTimeout(late);
}

async function serve(folder, env) {
  const logFile = join(folder, 'server.log');
  const log = createWriteStream(logFile);
  await once(log, 'open');
  const child = spawn(programPath(), ['serve'], { cwd: folder, env, stdio: ['ignore', log, log] });
  await once(child, 'spawn');
  try {
    await untilReady(env.WAYMARK_ORIGIN, child, logFile);
  } catch (fault) {
    await end(child);
    throw fault;
  }
  return { child, readLog: () => readFileSync(logFile, 'utf8') };
}

/**
 * Starts a server on a fresh database; with `demo`, on one filled by `waymark demo --json`, whose accounts
 * (`[{as, email, password}]`) come back as `accounts`. `settings` are further variables of its environment. The caller
 * calls `stop()`.
 */
export async function startServer({ demo = false, settings = {} } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-browser-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    const env = environment(folder, await freePort(), settings);
    const accounts = demo ? await runForJson(['demo', '--json'], { cwd: folder, env, timeout: DEMO_WITHIN_MS }) : [];
    const { child, readLog } = await serve(folder, env);
    const stop = async () => {
      await end(child);
      await remove();
    };
    return { origin: env.WAYMARK_ORIGIN, accounts, folder, pid: child.pid, readLog, stop };
  } catch (fault) {
    await remove();
    throw fault;
  }
}
