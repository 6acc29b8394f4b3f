import type { ProviderInfo, SessionState, SignIn } from '@konui/protocol';

type Known = NonNullable<SessionState['signIn']>;

/** What the last start of each agent, in any session that was opened since this process began, said of its sign-in. */
export class SignInStates {
  readonly #known = new Map<string, Known>();

  note(provider: string, state: Known): void {
    const known = this.#known.get(provider);
    // Sessions are opened in any order: only the latest start counts.
    if (known === undefined || known.at <= state.at) this.#known.set(provider, state);
  }

  statusOf(provider: string): NonNullable<ProviderInfo['signIn']> {
    const known = this.#known.get(provider);
    if (known === undefined) return 'unknown';
    return known.isNeeded ? 'needed' : 'done';
  }

  signInOf(provider: string): SignIn | undefined {
    return this.#known.get(provider)?.signIn;
  }
}
