import { Component, type ReactNode } from 'react';
import { en } from '../text/en.ts';

/** Shown in place of a page that met an error of its own. */
export class CrashPage extends Component<{ children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <main className="sign-in">
        <div className="card" role="alert">
          <h1>{en.error.title}</h1>
          <p>{en.error.lead}</p>
          <p className="problem">{error instanceof Error ? error.message : String(error)}</p>
          <button type="button" className="button primary" onClick={() => window.location.reload()}>{en.error.reload}</button>
        </div>
      </main>
    );
  }
}
