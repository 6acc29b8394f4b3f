import { useState } from 'react';

const KEY = 'konui.sidebar';

/** Whether the list of sessions stands beside the page, on screens that have the room; kept on this device. */
export function useSidebarShown(storage: Storage = localStorage): readonly [boolean, (isShown: boolean) => void] {
  const [isShown, setShown] = useState(() => storage.getItem(KEY) !== 'hidden');
  return [
    isShown,
    (next) => {
      setShown(next);
      if (next) storage.removeItem(KEY);
      else storage.setItem(KEY, 'hidden');
    },
  ];
}
