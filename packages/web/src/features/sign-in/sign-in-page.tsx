import { type FormEvent, type ReactNode, useState } from 'react';
import * as en from '../../text/en.ts';
import { tokenFromText } from './token-from-text.ts';

type Problem = 'empty' | 'refused' | 'unreachable';

/** Asks for the printed link. `signIn` answers whether the gateway takes the token. */
export function SignInPage(props: {
  isRefused: boolean;
  signIn: (token: string) => Promise<'ok' | 'refused' | 'unreachable'>;
}): ReactNode {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<Problem | undefined>(props.isRefused ? 'refused' : undefined);
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const token = tokenFromText(text);
    if (token === undefined) return setProblem('empty');
    setBusy(true);
    const outcome = await props.signIn(token);
    setBusy(false);
    setProblem(outcome === 'ok' ? undefined : outcome);
  };

  return (
    <main className="sign-in" id="main">
      <form className="card" onSubmit={(event) => void submit(event)}>
        <p className="wordmark">{en.app.name}</p>
        <h1>{en.signIn.title}</h1>
        <p>{en.signIn.lead}</p>
        <div className="field">
          <label htmlFor="token">{en.signIn.label}</label>
          <input
            id="token"
            className="input"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            aria-describedby={problem === undefined ? undefined : 'token-problem'}
            aria-invalid={problem !== undefined}
          />
        </div>
        <div role="alert">
          {problem !== undefined && (
            <p className="problem" id="token-problem">
              {en.signIn[problem]}
            </p>
          )}
        </div>
        <button type="submit" className="button primary" disabled={isBusy}>
          {en.signIn.action}
        </button>
      </form>
    </main>
  );
}
