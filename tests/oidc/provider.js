// A certified OpenID Connect provider on 127.0.0.1 for the tests: whoever is hinted at is signed in at once, anybody else
// says who they are on its page. Its client is the service at an origin: that of the tests in Rust where none is named.
// `POST /turn-keys` puts new keys in place of the old ones, as a provider does that rotates.
// Usage: node provider.js FILE-FOR-THE-ISSUER [ORIGIN [PORT]]
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const [FILE, ORIGIN = 'http://127.0.0.1:8080', PORT = '0'] = process.argv.slice(2);
// Short enough for a test to let a token grow old.
const TOKEN_SECONDS = 300;

// Its own pages load nothing, while those that come with the package want fonts from elsewhere.
const page = (title, main) => `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,"><title>${title}</title></head>
<body><main><h1>${title}</h1>${main}</main></body>
</html>`;

const WHO = page(
  'Sign in at Riverside ID',
  `<form method="post"><p><label for="who">Your address</label> <input id="who" name="who"></p>
<p><button>Sign in</button> <button name="cancel" value="yes">Cancel</button></p></form>`,
);

function askToSignOut(ctx, form) {
  const buttons = '<button form="op.logoutForm" name="logout" value="yes">Yes, sign me out</button>';
  ctx.type = 'html';
  ctx.body = page('Sign out at Riverside ID', form + buttons);
}

function newKeys() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: randomUUID() }] };
}

const client = {
  client_id: 'waymark',
  client_secret: 'a secret of tests: %+/',
  redirect_uris: [`${ORIGIN}/sign-in/elsewhere/back`],
  post_logout_redirect_uris: [`${ORIGIN}/`],
};

const configuration = (jwks) => ({
  jwks,
  clients: [client],
  cookies: { keys: ['of tests'] },
  conformIdTokenClaims: false,
  claims: { openid: ['sub', 'amr'], email: ['email', 'email_verified'], profile: ['name'] },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource: askToSignOut } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: { IdToken: TOKEN_SECONDS, Session: 3600, Grant: 3600, Interaction: 600 },
  // Somebody is `mail`, or `mail?unverified`.
  findAccount: (_, sub) => ({
    accountId: sub,
    claims: () => ({
      sub,
      email: sub.split('?')[0],
      email_verified: !sub.endsWith('?unverified'),
      name: sub.split('@')[0].replace(/^./, (first) => first.toUpperCase()),
    }),
  }),
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid email profile');
    await grant.save();
    return grant;
  },
});

let issuer;
let provider;
function turnKeys() {
  provider = new Provider(issuer, configuration(newKeys()));
}

async function typedIn(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return new URLSearchParams(Buffer.concat(parts).toString());
}

/** Signs in whoever is hinted at, or says who they are; whoever cancels is sent back without. */
async function signIn(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  const typed = request.method === 'POST' ? await typedIn(request) : new URLSearchParams();
  const accountId = params.login_hint ?? typed.get('who');
  if (!accountId && !typed.has('cancel')) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(WHO);
    return;
  }
  const login = { accountId, amr: ['pwd', 'otp'] };
  const result = typed.has('cancel') ? { error: 'access_denied', error_description: 'cancelled' } : { login };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

const server = createServer((request, response) => {
  if (request.url === '/turn-keys') {
    turnKeys();
    response.end();
  } else if (request.url.startsWith('/interaction/')) {
    signIn(request, response).catch((error) => response.writeHead(500).end(String(error)));
  } else {
    provider.callback()(request, response);
  }
});
server.listen(Number(PORT), '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  turnKeys();
  // All of it or nothing: whoever waits for the file reads it as soon as it is there.
  writeFileSync(`${FILE}.new`, issuer);
  renameSync(`${FILE}.new`, FILE);
});
