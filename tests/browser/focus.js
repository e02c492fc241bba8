// Whether somebody who uses the keyboard sees where they are.

const MOST_STOPS = 150;
const MARGIN_PX = 8;

// Kinds of element whose focus was seen already: the same class in the same style sheet need not be looked at on
// every page, and a picture takes far longer than a key.
const proven = new Set();

/** Runs in the page: what has the focus, and around which box it should show. */
function describeFocus() {
  const el = document.activeElement;
  if (!el || el === document.body) return null;
  el.scrollIntoView({ block: 'center' });
  // Hidden radios and checkboxes show their focus on the label beside them.
  const boxes = [el, ...(el.labels ?? [])].map((each) => each.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.max(...boxes.map((box) => box.right)) - left;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top;
  const words = el.textContent.trim() || el.labels?.[0]?.textContent.trim() || el.name || '';
  const sheets = [...document.styleSheets].map((sheet) => sheet.href ?? 'inline').join(' ');
  return {
    kind: `${el.localName}[${el.getAttribute('type') ?? ''}].${el.className} ${sheets}`,
    name: `${el.localName} “${words.slice(0, 40)}”`,
    box: { x: left, y: top, width, height },
  };
}

function around(box, { width, height }) {
  const x = Math.max(0, box.x - MARGIN_PX);
  const y = Math.max(0, box.y - MARGIN_PX);
  return {
    x,
    y,
    width: Math.max(1, Math.min(box.width + 2 * MARGIN_PX, width - x)),
    height: Math.max(1, Math.min(box.height + 2 * MARGIN_PX, height - y)),
  };
}

async function looksDifferentWithFocus(page, box) {
  const clip = around(box, page.viewportSize());
  const picture = () => page.screenshot({ clip, animations: 'disabled' });
  const focused = await picture();
  const element = await page.evaluateHandle(() => document.activeElement);
  await element.evaluate((el) => el.blur());
  const blurred = await picture();
  await element.evaluate((el) => el.focus({ preventScroll: true, focusVisible: true }));
  return !focused.equals(blurred);
}

/** Whether the focus can be seen where it is now; says what has it. */
export async function seenFocus(page) {
  const stop = await page.evaluate(describeFocus);
  if (!stop) return { name: 'nothing', isSeen: false };
  const isSeen = proven.has(stop.kind) || (await looksDifferentWithFocus(page, stop.box));
  if (isSeen) proven.add(stop.kind);
  return { name: stop.name, isSeen };
}

/** Goes through the page by Tab and names every stop whose focus cannot be seen. */
export async function focusFaults(page) {
  const faults = [];
  const stops = new Set();
  for (let count = 0; count < MOST_STOPS; count += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(describeFocus);
    if (!stop) break;
    if (proven.has(stop.kind) || stops.has(stop.kind)) continue;
    stops.add(stop.kind);
    if (await looksDifferentWithFocus(page, stop.box)) proven.add(stop.kind);
    else faults.push({ check: 'focus', detail: `cannot be seen on ${stop.name}` });
  }
  return faults;
}
