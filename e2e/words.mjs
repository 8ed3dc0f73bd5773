// What the console says, read from its own strings: stories then hold in both languages.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';

const words = Object.fromEntries(['en', 'fr'].map((language) => [language, read(language)]));

/** The text of a key, for messages without variables. */
export function word(language, key) {
  const text = words[language].get(key);
  assert.ok(text, `locales/${language} has no plain text \`${key}\``);
  return text;
}

function read(language) {
  const folder = new URL(`../locales/${language}/`, import.meta.url);
  const found = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ftl'))) {
    for (const line of readFileSync(new URL(file, folder), 'utf8').split('\n')) {
      const [, key, text] = /^([a-z][a-z0-9-]*) = ([^{]+)$/.exec(line) ?? [];
      if (key) found.set(key, text.trim());
    }
  }
  return found;
}
