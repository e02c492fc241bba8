// What an app on somebody's phone shows for a second factor (RFC 6238).
import { createHmac } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;

function bytes(base32) {
  const bits = [...base32].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}

/** The secret that the page for setting it up writes out for whoever has no camera. */
export async function secretOn(page) {
  const typed = await page.locator('main').textContent();
  return typed.match(/[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}/)[0].replaceAll(' ', '');
}

/** What the app shows, `later` steps from now. */
export function shown(secret, later = 0) {
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(Date.now() / STEP_MS) + later));
  const hash = createHmac('sha1', bytes(secret)).update(step).digest();
  const four = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(four % 1_000_000).padStart(6, '0');
}
