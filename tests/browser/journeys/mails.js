// The mails that the program wrote: without a mail server it puts each into a file beside its database.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const FOLDER = 'mails';
const WITHIN_MS = 20_000;

/** What a quoted-printable body says (RFC 2045, 6.7). */
function unquoted(body) {
  const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

function read(file) {
  const mail = readFileSync(file, 'latin1');
  const [head, ...rest] = mail.split(/\r?\n\r?\n/);
  const body = rest.join('\n\n');
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(head)?.[1].toLowerCase();
  if (encoding === 'base64') return { head, text: Buffer.from(body, 'base64').toString('utf8') };
  return { head, text: encoding === 'quoted-printable' ? unquoted(body) : Buffer.from(body, 'latin1').toString('utf8') };
}

function mailsTo(folder, address) {
  const files = readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return files.map((name) => read(join(folder, name))).filter(({ head }) => new RegExp(`^to:.*${address}`, 'im').test(head));
}

/** Waits until somebody has a mail whose text says this, and gives the first link in it. */
export async function linkIn({ folder, readLog }, address, says) {
  const deadline = Date.now() + WITHIN_MS;
  for (;;) {
    const there = readdirSync(folder).includes(FOLDER) ? mailsTo(join(folder, FOLDER), address) : [];
    const mail = there.find(({ text }) => text.includes(says));
    const link = mail && /https?:\/\/\S+/.exec(mail.text)?.[0];
    if (link) return link;
    if (Date.now() > deadline) {
      throw new Error(`${address} never got a mail that says “${says}”, but: ${there.map(({ text }) => text).join('\n---\n') || 'none'}\n${readLog()}`);
    }
    await pause(100);
  }
}
