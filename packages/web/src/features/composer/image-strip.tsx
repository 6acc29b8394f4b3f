import type { ReactNode } from 'react';
import { en } from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import type { Images } from './use-images.ts';

/** Thumbnails of the images to send, each with its removal, and why others were refused. */
export function ImageStrip({ images }: { images: Images }): ReactNode {
  return (
    <>
      {images.list.length > 0 && (
        <ul className="image-strip" aria-label={en.composer.images}>
          {images.list.map((image) => (
            <li key={image.id}>
              <img src={`data:${image.mimeType};base64,${image.data}`} alt={image.name} />
              <button
                type="button"
                className="icon-button remove"
                aria-label={en.composer.removeImage(image.name)}
                onClick={() => images.remove(image.id)}
              >
                <Icon name="cross" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div role="alert">
        {images.problems.map((problem) => (
          <p key={problem} className="problem">
            {problem}
          </p>
        ))}
      </div>
    </>
  );
}
