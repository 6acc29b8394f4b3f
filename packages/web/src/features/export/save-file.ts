import type { ExportFormat } from './export-session.ts';

const ENDINGS: Readonly<Record<ExportFormat, string>> = { markdown: 'md', json: 'jsonl', html: 'html' };

/** A name that any file system takes: "fix-the-login-2026-01-31.html". */
export function fileName(title: string, at: Date, format: ExportFormat): string {
  const words = title
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${words === '' ? 'session' : words}-${at.toISOString().slice(0, 10)}.${ENDINGS[format]}`;
}

/** Has the browser save a text. Of a plain type, so that no browser opens it in the page's own origin. */
export function saveFile(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), REVOKE_MS);
}

const REVOKE_MS = 60_000;
