import { type ReactNode, useEffect, useId, useState } from 'react';
import { enSettings } from '../../text/en-settings.ts';

/** A heading with what belongs to it. */
export function SettingGroup({ title, children }: { title: string; children: ReactNode }): ReactNode {
  const id = useId();
  return (
    <section className="setting-group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      {children}
    </section>
  );
}

interface RadioSettingProps<T extends string> {
  readonly title: string;
  readonly options: readonly T[];
  readonly words: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

/** One of a few. */
export function RadioSetting<T extends string>(props: RadioSettingProps<T>): ReactNode {
  const name = useId();
  return (
    <fieldset className="setting-group">
      <legend>{props.title}</legend>
      {props.options.map((option) => (
        <label key={option} className="setting-choice">
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === props.value}
            onChange={() => props.onChange(option)}
          />
          {props.words[option]}
        </label>
      ))}
    </fieldset>
  );
}

interface SwitchSettingProps {
  readonly label: string;
  readonly hint?: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export function SwitchSetting({ label, hint, isOn, isDisabled = false, onChange }: SwitchSettingProps): ReactNode {
  return (
    <label className="setting-choice">
      <input
        type="checkbox"
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>
        {label}
        {hint !== undefined && <span className="soft">{hint}</span>}
      </span>
    </label>
  );
}

/** What was asked for and is on its way, there, or could not be had. */
export type Loaded<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly message: string };

/** Asks when it is first drawn, and again by `reload`. */
export function useLoaded<T>(load: () => Promise<T>): { readonly loaded: Loaded<T>; readonly reload: () => void } {
  const [loaded, setLoaded] = useState<Loaded<T>>({ state: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isWanted = true;
    load().then(
      (value) => isWanted && setLoaded({ state: 'ready', value }),
      (error: unknown) => isWanted && setLoaded({ state: 'failed', message: messageOf(error) }),
    );
    return () => {
      isWanted = false;
    };
  }, [load, round]);
  return { loaded, reload: () => setRound((before) => before + 1) };
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** In place of what is not there yet, or could not be had. */
export function LoadedView<T>(props: {
  readonly loaded: Loaded<T>;
  readonly onReload: () => void;
  readonly children: (value: T) => ReactNode;
}): ReactNode {
  const { loaded } = props;
  switch (loaded.state) {
    case 'loading':
      return (
        <p className="soft" role="status">
          {enSettings.loading}
        </p>
      );
    case 'failed':
      return (
        <div role="alert" className="problem">
          <p>{enSettings.failed(loaded.message)}</p>
          <button type="button" className="button" onClick={props.onReload}>
            {enSettings.again}
          </button>
        </div>
      );
    case 'ready':
      return props.children(loaded.value);
  }
}
