import type { ReactNode } from 'react';
import { enSettings } from '../../text/en-settings.ts';
import { RadioSetting, SwitchSetting } from './setting-parts.tsx';

interface AppearanceSectionProps {
  readonly theme: 'system' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  readonly isWrapping: boolean;
  readonly onTheme: (theme: 'system' | 'light' | 'dark') => void;
  readonly onDensity: (density: 'comfortable' | 'compact') => void;
  readonly onWrapping: (isWrapping: boolean) => void;
}

export function AppearanceSection(props: AppearanceSectionProps): ReactNode {
  const words = enSettings.appearance;
  return (
    <>
      <RadioSetting
        title={words.theme}
        options={['system', 'light', 'dark']}
        words={words.themes}
        value={props.theme}
        onChange={props.onTheme}
      />
      <RadioSetting
        title={words.density}
        options={['comfortable', 'compact']}
        words={words.densities}
        value={props.density}
        onChange={props.onDensity}
      />
      <SwitchSetting label={words.wrap} isOn={props.isWrapping} onChange={props.onWrapping} />
      <p className="soft">{words.device}</p>
    </>
  );
}
