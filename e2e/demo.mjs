// Starts a demo with two nodes on free loopback ports and waits until it says that it is ready.

import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';

/** A debug build fills two nodes with the story in seconds; this is for a busy machine. */
const READY_WITHIN_MS = 180_000;
/** A polite end first; then the demo is killed. */
const END_WITHIN_MS = 10_000;
/** The demo takes this many ports from its base upward at most. */
const PORTS = 20;

const binary = process.env.ENTENTE ?? fileURLToPath(new URL('../target/debug/entente', import.meta.url));

/**
 * Resolves to `{ nodes, person, stop }`: `nodes.eu` and `nodes.us` hold url, user and password.
 * @returns {Promise<{nodes: Record<string, {party: string, url: string, user: string, password: string}>, person: (party: string, role: string) => {user: string, password: string}, stop: () => Promise<void>}>}
 */
export async function startDemo() {
  if (!existsSync(binary)) {
    throw new Error(`${binary} is missing; run \`cargo build\` or set ENTENTE to the binary`);
  }
  const base = await freePorts();
  const folder = mkdtempSync(join(tmpdir(), 'entente-e2e-'));
  const data = join(folder, 'demo');
  const demo = spawn(binary, ['demo', '--json', '--quiet', '--keep', data, '--port-base', String(base)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints = [];
  createInterface({ input: demo.stderr }).on('line', (line) => {
    complaints.push(line);
    if (complaints.length > 40) complaints.shift();
  });
  const end = () => {
    demo.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', end);
  try {
    const ready = await firstAnswer(demo, complaints);
    const nodes = Object.fromEntries(ready.nodes.map((node) => [node.party, node]));
    return { nodes, person: (party, role) => person(folder, data, party, role), stop: () => stop(demo, end) };
  } catch (error) {
    end();
    throw error;
  }
}

/** Somebody beside the officer, named like their role, made by the command line while the node runs. */
function person(folder, data, party, role) {
  const config = join(folder, `${party}.toml`);
  writeFileSync(config, `data_dir = ${JSON.stringify(join(data, party))}\n`);
  const account = ['account', 'add', role, '--role', role, '--clearance', 'red', '--json'];
  const made = spawnSync(binary, ['--config', config, ...account], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`no ${role}: ${made.stderr}`);
  return { user: role, password: JSON.parse(made.stdout).password };
}

/** The first JSON line with nodes in it, or an error that repeats what the demo complained about. */
function firstAnswer(demo, complaints) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`the demo ${why}; it said:\n${complaints.join('\n')}`));
    const timer = setTimeout(() => fail(`was not ready within ${READY_WITHIN_MS / 1000} s`), READY_WITHIN_MS);
    demo.once('error', (error) => fail(`did not start: ${error.message}`));
    demo.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`ended with ${signal ?? code}`);
    });
    createInterface({ input: demo.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const answer = JSON.parse(line);
      if (!Array.isArray(answer.nodes)) return;
      clearTimeout(timer);
      resolve(answer);
    });
  });
}

function stop(demo, end) {
  return new Promise((resolve) => {
    const timer = setTimeout(end, END_WITHIN_MS);
    demo.once('exit', () => {
      clearTimeout(timer);
      end();
      resolve();
    });
    if (demo.exitCode !== null || demo.signalCode !== null) {
      clearTimeout(timer);
      resolve();
      return;
    }
    demo.kill('SIGTERM');
  });
}

/** A base port above which nobody listens at the moment. */
async function freePorts() {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const base = 20_000 + Math.floor(Math.random() * 20_000);
    const free = await Promise.all(Array.from({ length: PORTS }, (_, offset) => isFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
  throw new Error(`no ${PORTS} free ports in a row on 127.0.0.1; end some servers`);
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
