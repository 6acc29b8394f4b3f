import { describe, expect, it } from 'vitest';
import { createTerminalReader } from './terminal-reader.ts';
import { parseTerminalText, textOfLines } from './terminal-text.ts';

describe('createTerminalReader', () => {
  it('reads what is short at once and goes on with what is added', () => {
    const reader = createTerminalReader(10);
    reader.want('\u001b[31mone');
    reader.want('\u001b[31mone\ntwo');
    expect(reader.get()).toMatchObject({ dropped: 0, isReading: false });
    expect(reader.get().lines).toEqual(parseTerminalText('\u001b[31mone\ntwo'));
    reader.want('other');
    expect(textOfLines(reader.get().lines)).toBe('other');
  });

  it('reads five megabytes in pieces and keeps the last lines', async () => {
    const text = '\u001b[32mok\u001b[0m a line of a long build\n'.repeat(140_000);
    const reader = createTerminalReader(2_000);
    reader.want(text);
    expect(reader.get().isReading).toBe(true);
    await new Promise<void>((resolve) => {
      reader.subscribe(() => {
        if (!reader.get().isReading) resolve();
      });
    });
    expect(reader.get().lines).toHaveLength(2_000);
    expect(reader.get().dropped).toBe(138_001);
    reader.close();
  });

  it('reads no more once it is closed', () => {
    const reader = createTerminalReader(10);
    reader.want('x\n'.repeat(5_000_000));
    reader.close();
    expect(reader.get().isReading).toBe(true);
  });
});
