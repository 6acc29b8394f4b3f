import '../../styles/kontasks.css';
import { type KontaskAction, type KontaskChoice, KonuiError, newId, PromptId, type SessionInfo } from '@konui/protocol';
import { type MouseEvent, type ReactNode, useRef, useState } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { originText } from '../../ui/origin-text.ts';
import { kontaskDate } from './kontask-date.ts';
import { reasonOf } from './kontask-words.ts';
import { PressGuard } from './press-guard.ts';
import { SessionDialog } from './session-dialog.tsx';
import { useSteadyPlaces } from './use-steady-places.ts';

export type Choose = (
  index: number,
  options: { promptId: PromptId; sessionId: string | undefined; value: string | undefined },
) => Promise<KontaskAction>;

export type ChoiceState =
  /** `asking`: a person says to which session. */
  | { readonly state: 'sending' | 'asking'; readonly promptId: PromptId }
  | { readonly state: 'sent'; readonly sessionId: string }
  | { readonly state: 'failed'; readonly promptId: PromptId; readonly why: string };

interface QuickActionsProps {
  readonly choices: readonly KontaskChoice[];
  readonly actions: readonly KontaskAction[];
  readonly choose: Choose;
  readonly onTaken: () => void;
  readonly sessions: readonly SessionInfo[];
  readonly createSession: (provider: string, projectPath: string) => Promise<string>;
  /** For galleries: how things stand at the beginning. */
  readonly startsWith?: ReadonlyMap<number, ChoiceState>;
  readonly hasMoved?: boolean;
}

/** The choices of a report as buttons: each sends its value as a prompt, once for each deliberate press (B5). */
export function QuickActions(props: QuickActionsProps): ReactNode {
  const { choices, actions, choose } = props;
  const [states, setStates] = useState<ReadonlyMap<number, ChoiceState>>(props.startsWith ?? new Map());
  const [hasMoved, setMoved] = useState(props.hasMoved ?? false);
  const guard = useRef<PressGuard>(undefined);
  guard.current ??= new PressGuard();
  const list = useRef<HTMLUListElement>(null);
  const places = useSteadyPlaces(list, JSON.stringify(choices));
  const beganAt = useRef<number>(undefined);
  const set = (index: number, state: ChoiceState | undefined): void =>
    setStates((now) => {
      const next = new Map(now);
      if (state === undefined) next.delete(index);
      else next.set(index, state);
      return next;
    });

  const send = async (index: number, promptId: PromptId, sessionId?: string): Promise<void> => {
    set(index, { state: 'sending', promptId });
    try {
      const action = await choose(index, { promptId, sessionId, value: choices[index]?.value });
      set(index, { state: 'sent', sessionId: action.sessionId });
      props.onTaken();
    } catch (error) {
      if (error instanceof KonuiError && error.code === 'SESSION_REQUIRED') set(index, { state: 'asking', promptId });
      else set(index, { state: 'failed', promptId, why: reasonOf(error) });
    } finally {
      guard.current?.settle(index);
    }
  };
  const press = (index: number, event: MouseEvent): void => {
    // The keyboard presses what has the focus, wherever that stands.
    const isMeant = event.detail === 0 || places.isMeant(beganAt.current ?? performance.now());
    beganAt.current = undefined;
    setMoved(!isMeant);
    if (!isMeant) return;
    if (guard.current?.press(index) !== true) return;
    const now = states.get(index);
    // Sent again under the same id, it acts once even where the first one arrived after all.
    void send(index, now?.state === 'failed' ? now.promptId : newId(PromptId));
  };
  const asking = [...states].find(([, { state }]) => state === 'asking');

  return (
    <div className="quick">
      {choices.length > 0 && (
        <ul
          ref={list}
          className="quick-actions"
          onPointerDown={(event) => {
            beganAt.current = event.timeStamp;
          }}
        >
          {choices.map((choice, index) => (
            <li key={index}>
              <ChoiceButton choice={choice} state={states.get(index)} onPress={(event) => press(index, event)} />
            </li>
          ))}
        </ul>
      )}
      <div role="status" className="quick-results soft">
        {hasMoved && <p>{en.kontask.moved}</p>}
        {choices.map(({ label }, index) => (
          <Progress key={index} label={label} state={states.get(index)} />
        ))}
      </div>
      {choices.map(({ label }, index) => {
        const state = states.get(index);
        if (state?.state !== 'failed') return null;
        return (
          <p key={index} className="problem breaks" role="alert">
            {label} · {en.kontask.notSent(state.why)}{' '}
            <button type="button" className="button subtle" onClick={(event) => press(index, event)}>
              {en.kontask.sendAgain}
            </button>
          </p>
        );
      })}
      {actions.length > 0 && (
        <ul className="kontask-taken soft" aria-label={en.kontask.taken}>
          {actions.map(({ promptId, choiceIndex, by, at, sessionId }) => (
            <li key={promptId}>
              {en.kontask.takenBy(choices[choiceIndex]?.label ?? en.kontask.otherChoice, originText(by))}{' '}
              <time dateTime={at}>{kontaskDate(at)}</time>{' '}
              <Link href={`/s/${sessionId}`}>{en.kontask.openSession}</Link>
            </li>
          ))}
        </ul>
      )}
      {asking !== undefined && asking[1].state === 'asking' && (
        <SessionDialog
          sessions={props.sessions}
          createSession={props.createSession}
          onChosen={(sessionId) => {
            const [index, state] = asking;
            if (state.state === 'asking') void send(index, state.promptId, sessionId);
          }}
          onClose={() => set(asking[0], undefined)}
        />
      )}
    </div>
  );
}

interface ChoiceButtonProps {
  readonly choice: KontaskChoice;
  readonly state: ChoiceState | undefined;
  readonly onPress: (event: MouseEvent) => void;
}

/** It never changes its size, and what comes of it stands below all of them: no press moves another button. */
function ChoiceButton({ choice, state, onPress }: ChoiceButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={`button ${choice.primary === true ? 'primary' : ''}`}
      // It stays focusable: a disabled button would lose the keyboard's place.
      aria-disabled={state?.state === 'sending' || state?.state === 'asking'}
      title={choice.value}
      onClick={onPress}
      data-testid="choice"
    >
      {choice.label}
    </button>
  );
}

function Progress({ label, state }: { label: string; state: ChoiceState | undefined }): ReactNode {
  if (state?.state === 'sending') {
    return (
      <p>
        <span className="spinner" /> {label} · {en.kontask.sending}
      </p>
    );
  }
  if (state?.state !== 'sent') return null;
  return (
    <p>
      {label} · {en.kontask.sent} · <Link href={`/s/${state.sessionId}`}>{en.kontask.openSession}</Link>
    </p>
  );
}
