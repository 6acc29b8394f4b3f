import { useCallback, useRef, useState } from 'react';
import { type ImageAttachment, imageProblem, readImage } from './image-attachment.ts';

export interface Images {
  readonly list: readonly ImageAttachment[];
  readonly problems: readonly string[];
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (id: string) => void;
  readonly clear: () => void;
}

/** The images that go with the next prompt, and why others may not. */
export function useImages(newKey: () => string): Images {
  const [list, setList] = useState<readonly ImageAttachment[]>([]);
  const [problems, setProblems] = useState<readonly string[]>([]);
  // Counted here rather than in the state: files that are still being read take room too.
  const usedBytes = useRef(0);

  const add = useCallback(
    (files: Iterable<File>): void => {
      const refused: string[] = [];
      for (const file of files) {
        const problem = imageProblem(file, usedBytes.current);
        if (problem !== undefined) {
          refused.push(problem);
          continue;
        }
        usedBytes.current += file.size;
        readImage(file, newKey()).then(
          (image) => setList((images) => [...images, image]),
          (error: unknown) => {
            usedBytes.current -= file.size;
            setProblems((known) => [...known, error instanceof Error ? error.message : String(error)]);
          },
        );
      }
      setProblems(refused);
    },
    [newKey],
  );

  const remove = (id: string): void => {
    usedBytes.current -= list.find((image) => image.id === id)?.byteLength ?? 0;
    setList(list.filter((image) => image.id !== id));
    setProblems([]);
  };
  const clear = (): void => {
    usedBytes.current = 0;
    setList([]);
    setProblems([]);
  };
  return { list, problems, add, remove, clear };
}
