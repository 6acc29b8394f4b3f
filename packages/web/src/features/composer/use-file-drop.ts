import { type DragEvent, useRef, useState } from 'react';

export interface FileDrop {
  /** Files are being dragged over it. */
  readonly isOver: boolean;
  /** For the element that takes them. */
  readonly handlers: {
    readonly onDragEnter: (event: DragEvent) => void;
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** Takes files that are dropped on an element. */
export function useFileDrop(add: (files: Iterable<File>) => void): FileDrop {
  const [isOver, setOver] = useState(false);
  // Entering a child leaves its parent: only the outermost leaving counts.
  const depth = useRef(0);
  const step = (by: number): void => {
    depth.current = Math.max(0, depth.current + by);
    setOver(depth.current > 0);
  };
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer.types.includes('Files');
  return {
    isOver,
    handlers: {
      onDragEnter: (event) => hasFiles(event) && step(1),
      onDragOver: (event) => hasFiles(event) && event.preventDefault(),
      onDragLeave: (event) => hasFiles(event) && step(-1),
      onDrop(event) {
        depth.current = 0;
        setOver(false);
        if (event.dataTransfer.files.length === 0) return;
        event.preventDefault();
        add(event.dataTransfer.files);
      },
    },
  };
}
