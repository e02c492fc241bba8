// Whether the markup that we serve is valid HTML. What a browser makes of it is the other checks' business.
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

// For HTML written by hand after the GOV.UK patterns. Each rule that is off says why.
const RULES = {
  // White space and spelling that templates leave behind and no reader meets.
  'no-trailing-whitespace': 'off',
  'attribute-boolean-style': 'off',
  'doctype-style': 'off',
  'void-style': 'off',
  // A title begins with what the page is about and ends with the service's name, however long that is.
  'long-title': 'off',
  // Lists without bullets lose their role in one browser unless it is said again.
  'no-redundant-role': 'off',
  // Links that look like buttons are links; the pattern gives them the role.
  'prefer-native-element': ['error', { exclude: ['button', 'region', 'group', 'alert', 'status'] }],
  // Numbers of cases and references look like telephone numbers.
  'tel-non-breaking': 'off',
  // The summary of errors stands above the page's own heading, so that it is met first.
  'heading-level': ['error', { minInitialRank: 'h2' }],
  // Checkboxes of one question share a name.
  'form-dup-name': ['error', { shared: ['radio', 'button', 'reset', 'submit', 'checkbox'] }],
  // HTML lets an id begin with a digit, and identifiers of records do.
  'valid-id': ['error', { relaxed: true }],
  // Our own assets come from our own origin.
  'require-sri': 'off',
};

const validator = new HtmlValidate(
  new StaticConfigLoader({ root: true, extends: ['html-validate:recommended', 'html-validate:document'], rules: RULES }),
);

/** Faults of a whole document. */
export async function htmlFaults(html) {
  const report = await validator.validateString(html);
  const messages = report.results.flatMap((result) => result.messages);
  return messages.map(({ ruleId, message, line, column }) => ({
    check: 'html',
    detail: `${ruleId}: ${message} (line ${line}, column ${column})`,
  }));
}
