import { type ReactNode, useState } from 'react';
import type { SignIn } from '@konui/protocol';
import { enSettings } from '../../../text/en-settings.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { messageOf, SettingGroup } from '../setting-parts.tsx';

interface AgentSignInProps {
  readonly signIn: SignIn;
  readonly authenticate: (methodId: string) => Promise<void>;
}

type Outcome = { readonly state: 'none' | 'asking' | 'done' } | { readonly state: 'failed'; readonly message: string };

/** What a person does so that the agent is signed in: a command for a terminal, or a word to the agent. */
export function AgentSignIn({ signIn, authenticate }: AgentSignInProps): ReactNode {
  const words = enSettings.agents;
  const [outcome, setOutcome] = useState<Outcome>({ state: 'none' });
  const ask = async (methodId: string): Promise<void> => {
    setOutcome({ state: 'asking' });
    try {
      await authenticate(methodId);
      setOutcome({ state: 'done' });
    } catch (error) {
      setOutcome({ state: 'failed', message: messageOf(error) });
    }
  };
  const commands = [signIn.command ?? [], ...signIn.methods.map(({ command }) => command ?? [])];
  const lines = [...new Set(commands.filter(({ length }) => length > 0).map(toLine))];
  return (
    <SettingGroup title={words.signIn}>
      {lines.length > 0 && <p className="soft">{words.signInLead}</p>}
      {lines.map((line) => (
        <div key={line} className="setting-command">
          <code>{line}</code>
          <CopyButton text={line} />
        </div>
      ))}
      <div className="setting-actions">
        {signIn.methods
          .filter(({ command }) => command === undefined)
          .map((method) => (
            <button
              key={method.id}
              type="button"
              className="button"
              title={method.description}
              disabled={outcome.state === 'asking'}
              onClick={() => void ask(method.id)}
            >
              {words.askAgent(method.name)}
            </button>
          ))}
      </div>
      <p role="status" className={outcome.state === 'failed' ? 'problem' : 'soft'}>
        {outcome.state === 'asking' && words.asking}
        {outcome.state === 'done' && words.signedIn}
        {outcome.state === 'failed' && words.signInFailed(outcome.message)}
      </p>
    </SettingGroup>
  );
}

/** As a shell takes it. */
function toLine(command: readonly string[]): string {
  return command.map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", `'\\''`)}'`)).join(' ');
}
