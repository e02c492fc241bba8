// Listens to what a page complains of while it loads and is looked at.

const KEEP = 'waymarkPolicyViolations';

function keepPolicyViolations(name) {
  globalThis[name] = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    globalThis[name].push(`${event.effectiveDirective} refused ${event.blockedURI || 'inline'}`);
  });
}

/** What the browser says by itself about a page whose status was expected to be an error. */
function isAboutItsOwnStatus(message, url) {
  return message.text().startsWith('Failed to load resource') && message.location().url === url;
}

/**
 * Starts to listen; call before the page is opened. `faults()` gives every console message, script error and breach
 * of the content security policy so far.
 */
export async function watch(page, url) {
  const heard = [];
  page.on('console', (message) => {
    if (isAboutItsOwnStatus(message, url)) return;
    heard.push({ check: 'console', detail: `${message.type()}: ${message.text()}` });
  });
  page.on('pageerror', (error) => heard.push({ check: 'console', detail: `script error: ${error.message}` }));
  await page.addInitScript(keepPolicyViolations, KEEP);
  const faults = async () => {
    const violations = await page.evaluate((name) => globalThis[name] ?? [], KEEP);
    return [...heard, ...violations.map((detail) => ({ check: 'csp', detail }))];
  };
  return { faults };
}
