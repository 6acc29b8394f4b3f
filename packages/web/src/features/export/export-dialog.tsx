import type { ReactNode } from 'react';
export function ExportDialog(_: {
  title: string;
  agent: string;
  folder: string;
  loadEvents: unknown;
  loadImage: unknown;
  onClose: () => void;
}): ReactNode {
  return null;
}
