import { expect, it } from 'vitest';
import { showControls } from './show-controls.ts';

it('shows characters that would make a command look like another one', () => {
  expect(showControls('rm \u202Egnp.exe')).toBe('rm [U+202E]gnp.exe');
  expect(showControls('a\u200bb\u2066c\u0007')).toBe('a[U+200B]b[U+2066]c[U+0007]');
});

it('leaves lines, tabs and letters of any script alone', () => {
  const text = 'one\n\ttwo ä é 你好 שלום 👍';
  expect(showControls(text)).toBe(text);
});

it('leaves the joiners that emoji and joined scripts are written with', () => {
  expect(showControls('👩‍💻 می‌خواهم')).toBe('👩‍💻 می‌خواهم');
  expect(showControls('a\u200db')).toBe('a[U+200D]b');
});
