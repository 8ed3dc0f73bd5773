// Single sign-on with a provider of others (node-oidc-provider, certified), started here, and a node of its own.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as listen } from 'node:net';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { test } from 'node:test';

import { Provider } from 'oidc-provider';

import { binary } from '../demo.mjs';
import { picture, stranger } from '../world.mjs';

const SECRET = 'a secret that both of them know';

/** A provider in which whoever types a name is that person. */
async function provider(node) {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const op = new Provider(issuer, {
    clients: [{ client_id: 'entente', client_secret: SECRET, redirect_uris: [`${node}/login/sso/back`] }],
    claims: { openid: ['sub'], profile: ['preferred_username'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['only for this story'] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id }) }),
    pkce: { required: () => true },
  });
  server.on('request', op.callback());
  return { issuer, close: () => { server.closeAllConnections(); server.close(); } };
}

async function freePort() {
  const probe = listen().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

/** A node that knows the provider, with an account for m.roe and none for anybody else. */
async function serve(folder, port, issuer) {
  writeFileSync(`${folder}/secret`, SECRET, { mode: 0o600 });
  writeFileSync(`${folder}/entente.toml`, `
    data_dir = "data"
    [party]
    short = "sso"
    name_en = "Centre"
    name_fr = "Centre"
    side = "EU"
    roles = ["agency"]
    [http]
    listen = "127.0.0.1:${port}"
    public_url = "http://127.0.0.1:${port}"
    [sso]
    issuer = "${issuer}"
    client_id = "entente"
    client_secret_file = "secret"
    [outbound]
    allow = ["127.0.0.1"]
    [log]
    format = "json"
  `);
  const entente = (...words) => execFileSync(binary, ['--config', `${folder}/entente.toml`, ...words], { stdio: 'pipe' });
  entente('init');
  entente('account', 'add', 'm.roe', '--role', 'analyst', '--clearance', 'green');
  const node = spawn(binary, ['--config', `${folder}/entente.toml`, 'serve'], { stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface({ input: node.stderr })) {
    if (JSON.parse(line).http) break;
  }
  node.stderr.resume();
  return node;
}

/** Goes through the provider's own pages: who one is, and that one agrees. */
async function prove(page, name) {
  await page.locator('input[name="login"]').fill(name);
  await page.locator('input[name="password"]').fill('anything');
  await page.locator('button[type="submit"]').click();
  await page.locator('button[type="submit"]').click();
}

test('people sign in where their organisation knows them, and nobody else does', { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(`${tmpdir()}/entente-sso-`);
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const op = await provider(base);
  let node;
  try {
    node = await serve(folder, port, op.issuer);
    const page = await stranger(base);
    await page.goto('/ledger');
    await page.getByRole('link', { name: 'Sign in with your organisation' }).click();
    assert.ok(page.url().startsWith(op.issuer), `not at the provider but at ${page.url()}`);
    await prove(page, 'm.roe');
    await page.waitForURL(`${base}/ledger`);
    assert.ok((await page.locator('header').innerText()).includes('m.roe'));
    await picture(page, 'sso-signed-in');
    const cookies = await page.context().cookies(base);
    assert.equal(cookies.find((cookie) => cookie.name === 'entente').sameSite, 'Strict');

    // Somebody who is known there and has no account here.
    const other = await stranger(base);
    await other.goto('/login');
    await other.getByRole('link', { name: 'Sign in with your organisation' }).click();
    await prove(other, 'somebody.else');
    await other.waitForURL('**/login/sso/back**');
    assert.match(await other.locator('main').innerText(), /did not let you in/);

    // An answer that this browser did not ask for.
    const tricked = await stranger(base);
    const response = await tricked.goto('/login/sso/back?code=stolen&state=guessed');
    assert.equal(new URL(tricked.url()).pathname, '/login');
    assert.equal(response.status(), 200);
    for (const one of [page, other, tricked]) await one.context().close();
  } finally {
    node?.kill('SIGTERM');
    if (node && node.exitCode === null) await once(node, 'exit');
    op.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
