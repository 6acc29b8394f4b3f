import { type ReactNode, useState } from 'react';
import type { SignIn } from '@konui/protocol';
import * as en from '../../../text/en.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { shellCommand } from './shell-command.ts';

interface SignInPanelProps {
  readonly signIn: SignIn | undefined;
  /** Rejects with the agent's reason. */
  readonly onSignIn: ((methodId: string) => Promise<void>) | undefined;
  readonly onSendAgain: (() => void) | undefined;
}

/** How the agent is signed in: commands to copy, and what it can do itself as buttons. */
export function SignInPanel({ signIn, onSignIn, onSendAgain }: SignInPanelProps): ReactNode {
  const [state, setState] = useState<'idle' | 'busy' | 'done' | { readonly problem: string }>('idle');
  const methods = signIn?.methods ?? [];
  const commands = [
    ...(signIn?.command === undefined ? [] : [shellCommand(signIn.command)]),
    ...methods.flatMap(({ command, env }) => (command === undefined ? [] : [shellCommand(command, env)])),
  ];
  const buttons = methods.filter(({ command }) => command === undefined);
  const authenticate = async (methodId: string): Promise<void> => {
    setState('busy');
    try {
      await onSignIn?.(methodId);
      setState('done');
    } catch (error) {
      setState({ problem: en.notice.failed(error instanceof Error ? error.message : String(error)) });
    }
  };
  return (
    <div className="sign-in-help">
      {commands.length > 0 && <p>{en.notice.signInCommand}</p>}
      {commands.map((command) => (
        <p key={command} className="sign-in-command">
          <code>{command}</code>
          <CopyButton text={command} />
        </p>
      ))}
      {onSignIn !== undefined && buttons.length > 0 && <p>{en.notice.signInMethods}</p>}
      <div className="permission-options">
        {onSignIn !== undefined &&
          buttons.map(({ id, name, description }) => (
            <button
              key={id}
              type="button"
              className="button"
              title={description}
              disabled={state === 'busy'}
              onClick={() => void authenticate(id)}
            >
              {name}
            </button>
          ))}
        {onSendAgain !== undefined && (
          <button type="button" className="button primary" onClick={onSendAgain}>
            {en.notice.sendAgain}
          </button>
        )}
      </div>
      <p className={typeof state === 'object' ? 'field-problem' : 'soft'} role="status">
        {typeof state === 'object' ? state.problem : state === 'busy' ? en.notice.signingIn : ''}
        {state === 'done' && en.notice.signInDone}
      </p>
    </div>
  );
}
