// Whether a page fits: no scrolling sideways, no columns of single letters, and text that can be made twice as large.

/** A fault when the page is wider than its window, with the elements that stick out. */
export async function sidewaysFaults(page) {
  const found = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return null;
    const sticksOut = (el) => el.getBoundingClientRect().right > root.clientWidth + 1;
    const name = (el) => [el.localName, ...el.classList].join('.') + (el.id && `#${el.id}`);
    const names = [...document.body.querySelectorAll('*')].filter(sticksOut).slice(0, 3).map(name);
    return `${root.scrollWidth} px in a window of ${root.clientWidth} px: ${names.join(', ')}`;
  });
  return found ? [{ check: 'sideways', detail: found }] : [];
}

/** Runs in the page: the headings of columns whose words are divided, since they stand on more lines than they have words. */
function dividedHeadings() {
  const lines = (el) => {
    const range = document.createRange();
    range.selectNodeContents(el);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
  };
  const words = (el) => el.textContent.trim().split(/[\s-]+/).length;
  const heads = [...document.querySelectorAll('thead th')].filter((el) => el.textContent.trim());
  return heads.filter((el) => lines(el) > words(el)).map((el) => `“${el.textContent.trim()}”`);
}

/** A fault when a column is so narrow that its heading is read letter by letter. */
export async function tableFaults(page) {
  const divided = await page.evaluate(dividedHeadings);
  return divided.length ? [{ check: 'table', detail: `divides the heading ${divided.join(', ')}` }] : [];
}

/** Runs in the page: makes text twice as large and names what did not grow and what is cut off since. */
function doubleText() {
  const root = document.documentElement;
  const isShown = (el) => el.checkVisibility({ visibilityProperty: true }) && el.clientWidth !== 1;
  const hasText = (el) => [...el.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  // Text in a drawing grows with the drawing; a mark that is hidden from readers is one too.
  const isText = (el) => !el.closest('svg, [aria-hidden="true"]') && isShown(el) && hasText(el);
  const texts = [...document.body.querySelectorAll('*')].filter(isText);
  const size = (el) => parseFloat(getComputedStyle(el).fontSize);
  const cuts = (el) => {
    const style = getComputedStyle(el);
    const hides = (axis) => axis === 'hidden' || axis === 'clip';
    return (hides(style.overflowX) && el.scrollWidth > el.clientWidth + 1)
      || (hides(style.overflowY) && el.scrollHeight > el.clientHeight + 1);
  };
  const name = (el) => `${el.localName} “${el.textContent.trim().slice(0, 40)}”`;
  const before = new Map(texts.map((el) => [el, size(el)]));
  root.style.fontSize = '200%';
  const stiff = texts.filter((el) => size(el) < before.get(el) * 1.9);
  const cut = texts.filter(cuts);
  return { stiff: stiff.slice(0, 3).map(name), cut: cut.slice(0, 3).map(name) };
}

/** Faults when text does not follow the reader's own size, is cut off at 200 %, or makes the page too wide. */
export async function textSizeFaults(page) {
  const { stiff, cut } = await page.evaluate(doubleText);
  const faults = await sidewaysFaults(page);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  if (stiff.length) faults.push({ check: 'text size', detail: `does not grow: ${stiff.join(', ')}` });
  if (cut.length) faults.push({ check: 'text size', detail: `is cut off: ${cut.join(', ')}` });
  return faults;
}
