// Runs every story on one demo and one browser: starting them for each story would cost minutes.

import { after, before } from 'node:test';

import { close, open } from './world.mjs';

before(open, { timeout: 240_000 });
after(close, { timeout: 60_000 });

await import('./stories/login.mjs');
await import('./stories/sso.mjs');
await import('./stories/passkeys.mjs');
await import('./stories/objects.mjs');
await import('./stories/agreements.mjs');
await import('./stories/parties.mjs');
await import('./stories/ledger.mjs');
await import('./stories/reports.mjs');
await import('./stories/picture.mjs');
await import('./stories/answers.mjs');
await import('./stories/walk.mjs');
await import('./stories/paper.mjs');
await import('./stories/notices.mjs');
await import('./stories/no_scripts.mjs');
await import('./stories/keyboard.mjs');
