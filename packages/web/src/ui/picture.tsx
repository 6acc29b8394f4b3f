import { type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import { sniffImageType } from '@konui/protocol';
import * as en from '../text/en.ts';
import { AttachmentContext, type FetchAttachment } from './attachments.ts';
import { Icon } from './icon.tsx';

interface PictureProps {
  /** The hash of the session's attachment that holds the bytes. */
  readonly attachment?: string | undefined;
  /** The bytes themselves in base64, while they are not stored. */
  readonly data?: string | undefined;
  readonly alt?: string | undefined;
}

type Loading =
  | { readonly state: 'loading' | 'failed' | 'wrong_type' }
  | { readonly state: 'there'; readonly url: string };

/** A picture of the session; a click enlarges it. Its bytes need the sign-in, so they are fetched rather than linked. */
export function Picture({ attachment, data, alt }: PictureProps): ReactNode {
  const fetchAttachment = useContext(AttachmentContext);
  const [loading, setLoading] = useState<Loading>({ state: 'loading' });
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    let isCurrent = true;
    let url: string | undefined;
    setLoading({ state: 'loading' });
    loadBytes(fetchAttachment, { attachment, data }).then(
      (bytes) => {
        if (!isCurrent) return;
        const type = sniffImageType(bytes);
        if (type === undefined) return setLoading({ state: 'wrong_type' });
        url = URL.createObjectURL(new Blob([bytes], { type }));
        setLoading({ state: 'there', url });
      },
      () => isCurrent && setLoading({ state: 'failed' }),
    );
    return () => {
      isCurrent = false;
      if (url !== undefined) URL.revokeObjectURL(url);
    };
  }, [attachment, data, fetchAttachment]);

  const words = alt === undefined || alt === '' ? en.picture.alt : alt;
  if (loading.state !== 'there') {
    const { failed, wrongType, loading: loads } = en.picture;
    return (
      <p className="image-chip">
        <Icon name="image" />
        {loading.state === 'failed' ? failed : loading.state === 'wrong_type' ? wrongType : loads}
      </p>
    );
  }
  return (
    <>
      <button
        type="button"
        className="picture"
        aria-label={`${words}: ${en.picture.enlarge}`}
        onClick={() => dialog.current?.showModal()}
      >
        <img src={loading.url} alt={words} />
      </button>
      <dialog ref={dialog} className="dialog picture-dialog" aria-label={words}>
        <button
          type="button"
          className="picture-large"
          aria-label={en.picture.close}
          autoFocus
          onClick={() => dialog.current?.close()}
        >
          <img src={loading.url} alt={words} />
        </button>
      </dialog>
    </>
  );
}

async function loadBytes(
  fetchAttachment: FetchAttachment,
  { attachment, data }: Pick<PictureProps, 'attachment' | 'data'>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (data !== undefined) return Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  if (attachment === undefined) throw new Error('The image has neither bytes nor an attachment.');
  return new Uint8Array(await (await fetchAttachment(attachment)).arrayBuffer());
}
