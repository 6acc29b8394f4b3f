import { Component, type ReactNode } from 'react';
import * as en from '../text/en.ts';

/** Shown in place of a page that met an error of its own. */
export class CrashPage extends Component<{ children: ReactNode }, { error: Error | undefined }> {
  override state: { error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error('unknown error', { cause: error }) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className="sign-in">
        <div className="card" role="alert">
          <h1>{en.error.title}</h1>
          <p>{en.error.lead}</p>
          <p className="problem">{error.message}</p>
          <button type="button" className="button primary" onClick={() => window.location.reload()}>
            {en.error.reload}
          </button>
        </div>
      </main>
    );
  }
}
