import type { CatalogueEntry } from './catalogue-entry.ts';
import { claude } from './claude.ts';
import { codex } from './codex.ts';
import { demo } from './demo.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';

/** The agents that Konui knows, in the order in which they are offered. */
export const catalogue: readonly CatalogueEntry[] = [claude, codex, gemini, opencode, demo];
