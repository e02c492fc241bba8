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

/** Makes a page keep what it breaches of the content security policy; once, before anything is opened in it. */
export async function prepare(page) {
  await page.addInitScript(keepPolicyViolations, KEEP);
}

/**
 * Starts to listen; call before the address is opened in a page that is prepared. `faults()` gives every console message,
 * script error and breach of the content security policy so far, and stops listening.
 */
export function watch(page, url) {
  const heard = [];
  const hear = (message) => {
    if (isAboutItsOwnStatus(message, url)) return;
    heard.push({ check: 'console', detail: `${message.type()}: ${message.text()}` });
  };
  const hearError = (error) => heard.push({ check: 'console', detail: `script error: ${error.message}` });
  page.on('console', hear);
  page.on('pageerror', hearError);
  const faults = async () => {
    const violations = await page.evaluate((name) => globalThis[name] ?? [], KEEP);
    page.off('console', hear);
    page.off('pageerror', hearError);
    return [...heard, ...violations.map((detail) => ({ check: 'csp', detail }))];
  };
  return { faults };
}
