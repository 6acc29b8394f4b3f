import type { TransportSetting } from '@konui/client';

const KEY = 'konui.transport';

/** How this device connects; a change counts from the next load of the page. */
export interface TransportChoice {
  read(): TransportSetting;
  write(setting: TransportSetting): void;
}

export function createTransportChoice(storage: Storage): TransportChoice {
  return {
    read() {
      const stored = storage.getItem(KEY);
      return stored === 'websocket' || stored === 'sse' ? stored : 'auto';
    },
    write(setting) {
      if (setting === 'auto') storage.removeItem(KEY);
      else storage.setItem(KEY, setting);
    },
  };
}
