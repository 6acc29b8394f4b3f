import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuthMethod, RequestError } from '@agentclientprotocol/sdk';
import type { DemoConfig } from './config.ts';

/** The account that it pretends to need where a test wants that; signed in to by ACP `authenticate`, or by DEMO_API_KEY. */
export class DemoAccount {
  readonly #isNeeded: boolean;
  readonly #folder: string | undefined;
  #isSignedIn: boolean;

  constructor({ needsSignIn, stateFolder, env }: DemoConfig) {
    this.#isNeeded = needsSignIn;
    this.#folder = stateFolder;
    this.#isSignedIn =
      (env['DEMO_API_KEY'] ?? '') !== '' || (stateFolder !== undefined && existsSync(markOf(stateFolder)));
  }

  get methods(): AuthMethod[] {
    return this.#isNeeded ? [{ id: 'demo-account', name: 'Demo account', description: 'Signs in at once.' }] : [];
  }

  /** Throws ACP's "authentication required". */
  require(): void {
    if (this.#isNeeded && !this.#isSignedIn) throw RequestError.authRequired(undefined, 'Sign in to the demo account.');
  }

  async signIn(methodId: string): Promise<void> {
    if (!this.methods.some(({ id }) => id === methodId)) throw RequestError.invalidParams({ methodId });
    this.#isSignedIn = true;
    if (this.#folder === undefined) return;
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await writeFile(markOf(this.#folder), '');
  }
}

const markOf = (folder: string): string => join(folder, 'signed-in');
