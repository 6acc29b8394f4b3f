import { createContext } from 'react';

/** Fetches a session's attachment; the page lets go of it with `URL.revokeObjectURL`. */
export type FetchAttachment = (sha256: string) => Promise<Blob>;

export const AttachmentContext = createContext<FetchAttachment>(() => Promise.reject(new Error('no attachments here')));
