// Whether links within a page lead somewhere; those of an error summary must lead to the field to be mended.

/** Runs in the page: what is wrong with its links to itself. */
function brokenLinks() {
  const faults = [];
  const said = [...document.querySelectorAll('[role=alert] a')].map((link) => link.textContent.trim());
  const twice = said.filter((words, place) => said.indexOf(words) !== place);
  for (const words of new Set(twice)) faults.push(`“${words}” stands in the error summary for several fields`);
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    const id = decodeURIComponent(link.hash.slice(1));
    const target = document.getElementById(id);
    const name = `“${link.textContent.trim().slice(0, 40)}”`;
    if (id && !target) faults.push(`${name} leads to #${id}, which is not on the page`);
    else if (link.closest('[role=alert]') && !target?.matches('input, select, textarea, button')) {
      faults.push(`${name} in the error summary does not lead to a field`);
    }
  }
  return faults;
}

/** Faults of the links that stay on the page. */
export async function linkFaults(page) {
  return (await page.evaluate(brokenLinks)).map((detail) => ({ check: 'links', detail }));
}
