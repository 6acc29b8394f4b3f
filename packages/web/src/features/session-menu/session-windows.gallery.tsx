import { KonuiError } from '@konui/protocol';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { RawLogDialog } from './raw-log-dialog.tsx';

const nothing = () => undefined;
const at = '2026-01-01T00:00:00.000Z';
const sessionId = '00000000-0000-4000-8000-000000000001';
const event = (seq: number, kind: string, fields: Record<string, unknown>) => ({ seq, sessionId, kind, at, ...fields });
const page = {
  events: [
    event(201, 'log_opened', { epoch: 'e', bootId: 'b', fromSeq: 201, format: 1 }),
    event(202, 'agent_message_chunk', { content: { type: 'text', text: 'A <b>long</b> line. '.repeat(12) } }),
  ],
  epoch: 'e',
  lastSeq: 202,
  hasMore: true,
};

export const gallery = defineGallery({
  name: 'session-windows',
  isAlone: true,
  states: {
    delete: () => (
      <DeleteDialog title="Fix the login on phones" onDelete={() => new Promise(nothing)} onClose={nothing} />
    ),
    'raw-log': () => <RawLogDialog loadEvents={() => Promise.resolve(page)} onClose={nothing} />,
    'raw-log-loading': () => <RawLogDialog loadEvents={() => new Promise(nothing)} onClose={nothing} />,
    'raw-log-failed': () => (
      <RawLogDialog
        loadEvents={() => Promise.reject(new KonuiError('HOST_UNREACHABLE', 'the server did not answer'))}
        onClose={nothing}
      />
    ),
  },
});
