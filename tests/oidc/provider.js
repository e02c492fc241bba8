// A certified OpenID Connect provider on 127.0.0.1 for the tests: whoever is hinted at is signed in at once. Its client is
// the service as tests make it. `POST /turn-keys` puts new keys in place of the old ones, as a provider does that rotates.
// Usage: node provider.js FILE-FOR-THE-PORT
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const ORIGIN = 'http://127.0.0.1:8080';
// Short enough for a test to let a token grow old.
const TOKEN_SECONDS = 300;

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
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: { IdToken: TOKEN_SECONDS, Session: 3600, Grant: 3600, Interaction: 600 },
  // A hint is `mail`, or `mail?unverified`.
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

/** Signs in whoever is hinted at. */
async function signIn(request, response) {
  const { params } = await provider.interactionDetails(request, response);
  const login = { accountId: params.login_hint, amr: ['pwd', 'otp'] };
  await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
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
server.listen(0, '127.0.0.1', () => {
  issuer = `http://127.0.0.1:${server.address().port}`;
  turnKeys();
  // All of it or nothing: whoever waits for the file reads it as soon as it is there.
  writeFileSync(`${process.argv[2]}.new`, issuer);
  renameSync(`${process.argv[2]}.new`, process.argv[2]);
});
