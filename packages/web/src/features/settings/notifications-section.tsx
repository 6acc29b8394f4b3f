import { type ReactNode, useState } from 'react';
import { enSettings } from '../../text/en-settings.ts';
import { SettingGroup, SwitchSetting } from './setting-parts.tsx';

/** As the notifications of the page know it. */
interface NotificationsSectionProps<Kind extends string> {
  readonly now:
    | { readonly state: 'insecure' | 'unsupported' | 'blocked' | 'off' }
    | { readonly state: 'on'; readonly reach: 'push' | 'open-page' };
  readonly kinds: readonly Kind[];
  readonly choice: Readonly<Record<Kind, boolean>>;
  readonly isBusy: boolean;
  readonly problem: string | undefined;
  readonly onSwitchOn: () => Promise<void>;
  readonly onSwitchOff: () => Promise<void>;
  readonly onChoose: (choice: Readonly<Record<Kind, boolean>>) => Promise<void>;
  readonly onTest: () => Promise<void>;
}

type KindWord = keyof typeof enSettings.notifications.kind;

/** Switches notifications on by a press, never by itself, and says why where they cannot be. */
export function NotificationsSection<Kind extends KindWord>(props: NotificationsSectionProps<Kind>): ReactNode {
  const { now, choice, isBusy, problem } = props;
  const words = enSettings.notifications;
  const [isTested, setTested] = useState(false);
  const isOn = now.state === 'on';
  return (
    <>
      <p>{words.lead}</p>
      <p role="status" className={now.state === 'on' || now.state === 'off' ? 'soft' : 'problem quiet'}>
        {words.states[now.state === 'on' ? now.reach : now.state]}
      </p>
      <div className="setting-actions">
        {now.state === 'off' && (
          <button type="button" className="button primary" disabled={isBusy} onClick={() => void props.onSwitchOn()}>
            {isBusy ? words.busy : words.on}
          </button>
        )}
        {isOn && (
          <button type="button" className="button" disabled={isBusy} onClick={() => void props.onSwitchOff()}>
            {words.off}
          </button>
        )}
        {isOn && now.reach === 'push' && (
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => void props.onTest().then(() => setTested(true))}
          >
            {words.test}
          </button>
        )}
      </div>
      {problem !== undefined && (
        <p role="alert" className="problem">
          {enSettings.notChanged(problem)}
        </p>
      )}
      {isTested && problem === undefined && <p className="soft">{words.tested}</p>}
      <SettingGroup title={words.kinds}>
        {props.kinds.map((kind) => (
          <SwitchSetting
            key={kind}
            label={words.kind[kind]}
            isOn={choice[kind]}
            isDisabled={!isOn}
            onChange={(isWanted) => void props.onChoose({ ...choice, [kind]: isWanted })}
          />
        ))}
      </SettingGroup>
    </>
  );
}
