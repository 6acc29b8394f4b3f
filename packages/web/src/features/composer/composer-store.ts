import { KonuiError } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { createStore } from '../../ui/create-store.ts';
import type { Store } from '../../ui/use-store.ts';
import {
  type Attachment,
  type AttachmentBlock,
  attachmentName,
  attachmentProblem,
  isImageType,
  MAX_ATTACHMENTS,
  toBlock,
} from './attachment.ts';
import type { DraftFile, DraftStorage } from './draft-storage.ts';
import { createUploadLine, type UploadFile } from './upload-line.ts';

/** `now`: whatever runs is stopped for it. */
export type SendWay = 'in_turn' | 'now';

export interface ComposerState {
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** Why files were not added, or why nothing was sent. */
  readonly problems: readonly string[];
  /** It is sent as soon as the uploads have ended. */
  readonly waitsFor: SendWay | undefined;
}

type Content = readonly ({ type: 'text'; text: string } | AttachmentBlock)[];

/** What is being written in one session. It lives on while another session is looked at. */
export interface ComposerStore extends Store<ComposerState> {
  readonly write: (text: string) => void;
  readonly add: (files: Iterable<File>) => void;
  /** Cancels the upload where it goes on. */
  readonly remove: (id: string) => void;
  readonly retry: (id: string) => void;
  /** Sends what stands there; while files are being uploaded, as soon as they are. */
  readonly send: (way: SendWay) => void;
  readonly stopWaiting: () => void;
  /** There is a connection again: what failed for want of one is tried again. */
  readonly onConnected: () => void;
}

export interface ComposerStoreOptions {
  readonly drafts: Pick<DraftStorage, 'read' | 'write' | 'readFiles' | 'writeFiles'>;
  readonly upload: UploadFile;
  readonly deliver: (content: Content, way: SendWay) => void;
  readonly newKey: () => string;
}

export function createComposerStore(sessionId: string, options: ComposerStoreOptions): ComposerStore {
  const { drafts, deliver, newKey } = options;
  const files = new Map<string, File>();
  const failedOffline = new Set<string>();
  const store = createStore<ComposerState>({
    text: drafts.read(sessionId),
    attachments: drafts.readFiles(sessionId).map(fromDraft),
    problems: [],
    waitsFor: undefined,
  });

  const change = (next: Partial<ComposerState>): void => store.set({ ...store.get(), ...next });
  const update = (id: string, next: (attachment: Attachment) => Attachment): void => {
    change({ attachments: store.get().attachments.map((each) => (each.id === id ? next(each) : each)) });
  };
  const keepFiles = (): void => drafts.writeFiles(sessionId, store.get().attachments.map(toDraft));
  const write = (text: string): void => {
    drafts.write(sessionId, text);
    change({ text });
  };

  const line = createUploadLine(options.upload, {
    onProgress: (id, sentBytes) => update(id, (each) => ({ ...base(each), state: 'uploading', sentBytes })),
    onStored(id, { attachment, mimeType, byteLength }) {
      const same = store.get().attachments.find((each) => each.state === 'stored' && each.attachment === attachment);
      if (same === undefined) {
        update(id, (each) => ({ ...base(each), mimeType, byteLength, state: 'stored', attachment }));
      } else dropDouble(id, same.name);
      keepFiles();
      goOn();
    },
    onFailed(id, error) {
      const isOffline = error instanceof KonuiError && error.code === 'HOST_UNREACHABLE';
      if (isOffline) failedOffline.add(id);
      const why = error instanceof Error ? error.message : String(error);
      const message = isOffline ? en.composer.offline : en.composer.failed(why);
      update(id, (each) => ({ ...base(each), state: 'failed', message, canRetry: true }));
      goOn();
    },
  });

  /** An agent that gets the same file twice reads it twice: one is kept, whatever it is called. */
  const dropDouble = (id: string, sameAs: string): void => {
    const doubles = store.get().attachments.filter((each) => each.id === id);
    doubles.forEach(forget);
    const problems = doubles.map(({ name }) => en.composer.double(name, sameAs));
    const attachments = store.get().attachments.filter((each) => each.id !== id);
    change({ attachments, problems: [...store.get().problems, ...problems] });
  };
  /** Sends what waited for its files, or says which of them it still waits for. */
  const goOn = (): void => {
    const { waitsFor, attachments } = store.get();
    if (waitsFor === undefined || attachments.some((each) => each.state === 'uploading')) return;
    change({ waitsFor: undefined });
    send(waitsFor);
  };
  const send = (way: SendWay): void => {
    const { text, attachments } = store.get();
    const failed = attachments.find((each) => each.state === 'failed');
    if (failed !== undefined) return change({ problems: [en.composer.notSent(failed.name)] });
    if (attachments.some((each) => each.state === 'uploading')) return change({ waitsFor: way, problems: [] });
    const words = text.trim() === '' ? [] : [{ type: 'text' as const, text: text.trim() }];
    const blocks = attachments.flatMap((each) => (each.state === 'stored' ? [toBlock(each)] : []));
    if (words.length + blocks.length === 0) return;
    attachments.forEach(forget);
    write('');
    change({ attachments: [], problems: [] });
    keepFiles();
    deliver([...words, ...blocks], way);
  };
  const forget = ({ id, previewUrl }: Attachment): void => {
    line.cancel(id);
    files.delete(id);
    failedOffline.delete(id);
    if (previewUrl !== undefined) URL.revokeObjectURL(previewUrl);
  };
  const retry = (id: string): void => {
    const file = files.get(id);
    if (file === undefined) return;
    failedOffline.delete(id);
    update(id, (each) => ({ ...base(each), state: 'uploading', sentBytes: 0 }));
    change({ problems: [] });
    line.add(id, file);
  };

  return {
    get: store.get,
    subscribe: store.subscribe,
    write,
    add(chosen) {
      const { attachments } = store.get();
      const problems: string[] = [];
      const added: { attachment: Attachment; file: File }[] = [];
      for (const file of chosen) {
        const isFull = attachments.length + added.length >= MAX_ATTACHMENTS;
        const problem = isFull ? en.composer.tooMany(MAX_ATTACHMENTS) : attachmentProblem(file);
        if (problem === undefined) added.push({ attachment: toAttachment(file, newKey()), file });
        else problems.push(problem);
      }
      change({ attachments: [...attachments, ...added.map(({ attachment }) => attachment)], problems });
      keepFiles();
      for (const { attachment, file } of added) {
        files.set(attachment.id, file);
        line.add(attachment.id, file);
      }
    },
    remove(id) {
      const { attachments } = store.get();
      attachments.filter((each) => each.id === id).forEach(forget);
      change({ attachments: attachments.filter((each) => each.id !== id), problems: [] });
      keepFiles();
      goOn();
    },
    retry,
    send,
    stopWaiting: () => change({ waitsFor: undefined }),
    onConnected: () => [...failedOffline].forEach(retry),
  };
}

function base({ id, name, mimeType, byteLength, previewUrl }: Attachment) {
  return { id, name, mimeType, byteLength, previewUrl };
}

function toAttachment(file: File, id: string): Attachment {
  const previewUrl = isImageType(file.type) ? URL.createObjectURL(file) : undefined;
  const facts = { id, name: attachmentName(file), mimeType: file.type, byteLength: file.size, previewUrl };
  return { ...facts, state: 'uploading', sentBytes: 0 };
}

function toDraft(attachment: Attachment): DraftFile {
  const { id, name, mimeType, byteLength } = attachment;
  const facts = { id, name, mimeType, byteLength };
  return attachment.state === 'stored' ? { ...facts, attachment: attachment.attachment } : facts;
}

/** The bytes of what was not uploaded are gone with the page that had them. */
function fromDraft({ attachment, ...facts }: DraftFile): Attachment {
  const shared = { ...facts, previewUrl: undefined };
  return attachment === undefined
    ? { ...shared, state: 'failed', message: en.composer.lost, canRetry: false }
    : { ...shared, state: 'stored', attachment };
}
